"""The reader of folders and zip archives of pages, HTML or text, an article each."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from archive.importing.cleaning.html_page import declared_charset, read_page
from archive.importing.problems import FileUnreadable, Note
from archive.importing.readers.encoding import UTF8, detect_utf16
from archive.importing.readers.lines import MAX_LINE_BYTES, MEBIBYTE
from archive.importing.readers.rows import Read, Refusal, Row

HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES: Final = frozenset({".txt", ".text"})
_SUFFIXES: Final = HTML_SUFFIXES | TEXT_SUFFIXES
MAX_PAGES: Final = 200_000
# Bytes that may be unpacked for each packed one, as for gzip, and in addition to that.
MAX_EXPANSION: Final = 200
ALLOWANCE: Final = 16 * MEBIBYTE
MAX_TITLE: Final = 300
# A name such as 2021-03-02-khabar.html tells the day.
_DAY_RE: Final = re.compile(r"((?:1[5-9]|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class _Page:
    """A file by its path inside the folder or archive, its size and its content."""

    name: str
    size: int
    read: Callable[[], bytes]


def iter_folder_rows(folder: Path, encoding: str | None) -> Iterator[Read]:
    """A row for each page below the folder, in the order of their names."""
    yield from _rows(list(_pages_of(folder)), encoding)


def iter_zip_rows(stream: BinaryIO, encoding: str | None) -> Iterator[Read]:
    """A row for each page in the archive. Raises `FileUnreadable` for a damaged one."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError) as error:
        raise FileUnreadable(
            _("The zip archive is damaged: %(detail)s.") % {"detail": error}
        ) from error
    with archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
        packed = sum(entry.compress_size for entry in entries)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > ALLOWANCE + MAX_EXPANSION * packed:
            note = Note("unpacks_too_far", values={"times": MAX_EXPANSION})
            raise FileUnreadable(note.message)
        pages = [
            _Page(_name_of(entry), entry.file_size, _reader(archive, entry))
            for entry in entries
            if not entry.is_dir()
        ]
        yield from _rows(pages, encoding)


def _reader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    return lambda: archive.read(entry)


def _pages_of(folder: Path) -> Iterator[_Page]:
    # Links are not followed, so that a folder leads to nothing outside it.
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(folder).as_posix()
            yield _Page(name, path.stat().st_size, path.read_bytes)


def _rows(pages: list[_Page], encoding: str | None) -> Iterator[Read]:
    found = [page for page in pages if is_page(page.name)][:MAX_PAGES]
    if not found:
        raise FileUnreadable(
            _(
                "There is no page (.html, .htm, .txt) in it. Other files are imported"
                " one by one: JSON Lines, CSV, spreadsheets (.xlsx, .ods)."
            )
        )
    for number, page in enumerate(found, start=1):
        yield _row(number, page, encoding)


def is_page(name: str) -> bool:
    """Whether a file is a page by its path; hidden ones and those of a Mac are none.

    >>> is_page("2021/khabar.HTML"), is_page("__MACOSX/khabar.html"), is_page("a.css")
    (True, False, False)
    """
    path = PurePosixPath(name)
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in _SUFFIXES and not is_hidden


def _row(number: int, page: _Page, encoding: str | None) -> Read:
    if page.size > MAX_LINE_BYTES:
        limit = {"limit": MAX_LINE_BYTES // MEBIBYTE}
        return Refusal(number, Note("too_long", values=limit))
    try:
        content = page.read()
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        # RuntimeError is a password, NotImplementedError a method of compression.
        return Refusal(number, Note("damaged", values={"detail": error}))
    is_html = PurePosixPath(page.name).suffix.lower() in HTML_SUFFIXES
    known = encoding or detect_utf16(content[:MEBIBYTE])
    known = known or (declared_charset(content) if is_html else None) or UTF8
    try:
        text = content.decode("utf-8-sig" if known == UTF8 else known)
    except (UnicodeDecodeError, LookupError):
        return Refusal(number, Note("page_encoding", values={"name": page.name}))
    columns: dict[str, object] = dict(read_page(text) if is_html else read_text(text))
    columns["external_id"] = page.name
    day = _DAY_RE.search(page.name)
    if day and not columns.get("published"):
        columns["published"] = day[1]
    return Row(number, columns)


def read_text(text: str) -> dict[str, str]:
    """Title and text of a plain text; its first line is the title where it is short.

    >>> read_text("رسالة من البصرة\\n\\nكتب مراسلنا أن المطر نزل.")["title"]
    'رسالة من البصرة'
    """
    lines = text.strip().splitlines()
    if not lines:
        return {}
    first = lines[0].strip()
    is_title = len(lines) > 1 and len(first) <= MAX_TITLE
    if not is_title:
        return {"body": text.strip()}
    return {"title": first, "body": "\n".join(lines[1:]).strip()}


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; archives made under Windows have it in its code page."""
    name = entry.filename
    if entry.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name
