"""A saved page of a web site, told apart from what stands around its article.

trafilatura does that for whatever site where it is installed; without it the plain
reader takes <article> or <main>, else the whole page without its menus.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from archive.importing.cleaning.html_page import declared_charset, read_page
from archive.importing.cleaning.markup import PARAGRAPH

# Pages of old sites that declare nothing; UTF-8 is tried before.
_OLD_SITES: Final = "windows-1256"
_MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HTML: Final = (b"<html", b"<!doctype", b"<body", b"<p", b"<article", b"<head")
_HEAD: Final = 4096
# Values that trafilatura and the plain reader name otherwise.
_NAMES: Final = {
    "title": "title",
    "text": "body",
    "author": "byline",
    "date": "published",
    "url": "url",
    "sitename": "container",
}


class NoPage(ValueError):
    """The file is no page of HTML, or there is no text in it."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The columns of the page's article; whether only the plain reader was there."""

    columns: Mapping[str, str]
    is_plain: bool = False


def read_saved_page(content: bytes) -> SavedPage:
    """The article of a saved page. Raises `NoPage`.

    >>> page = read_saved_page("<title>خبر</title><p>نص الخبر</p>".encode())
    >>> page.columns["title"], page.columns["body"]
    ('خبر', 'نص الخبر')
    """
    head = content[:_HEAD].lower().replace(b"\x00", b"")
    if not any(sign in head for sign in _HTML):
        raise NoPage
    html = _decode(content)
    plain = read_page(html)
    extracted = _extract(html)
    # What the page says of itself in its head is the same for both.
    columns = {**plain, **(extracted or {})}
    if not columns.get("body"):
        raise NoPage
    return SavedPage(columns, is_plain=extracted is None)


def _decode(content: bytes) -> str:
    known = _MARKS.get(content[:2]) or declared_charset(content)
    for name in filter(None, (known, "utf-8-sig", _OLD_SITES)):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", errors="replace")


def _extract(html: str) -> dict[str, str] | None:
    """What trafilatura finds; None where it is not installed."""
    try:
        # An extra that an archive may do without.
        from trafilatura import bare_extraction  # noqa: PLC0415
    except ImportError:
        return None
    found: Any = bare_extraction(html, include_comments=False, with_metadata=True)
    values = found.as_dict() if found is not None else {}
    columns = {
        column: str(values[name]).strip()
        for name, column in _NAMES.items()
        if values.get(name)
    }
    # Its paragraphs are lines, of which the first repeats the heading.
    lines = [line for line in columns.get("body", "").splitlines() if line.strip()]
    if lines and lines[0] == columns.get("title"):
        lines = lines[1:]
    return {**columns, "body": PARAGRAPH.join(lines)} if lines else {}
