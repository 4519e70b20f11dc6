"""The reader of RSS, Atom and the exports of WordPress (WXR)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO, Final
from xml.etree import ElementTree

from archive.importing.cleaning.markup import strip_markup
from archive.importing.problems import Note
from archive.importing.readers.rows import Read, Refusal, Remark, Row
from archive.importing.readers.xml.elements import (
    Element,
    children,
    distinct,
    filled,
    iter_records,
    local_name,
    text_at,
    text_of,
)

_ITEMS: Final = frozenset({"item", "entry"})
# What stands outside the items and tells of all of them.
_HEADS: Final = frozenset({"author", "title"})
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_WORDPRESS: Final = "http://wordpress.org/export/"
# Statuses of WordPress; what is in the bin is no article.
_STATUSES: Final = {
    "publish": "published",
    "draft": "draft",
    "pending": "draft",
    "private": "draft",
    "future": "draft",
}
# Things that WordPress keeps beside its articles.
_NO_ARTICLES: Final = frozenset(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset"}
    | {"oembed_cache", "user_request", "wp_block", "wp_template", "wp_global_styles"}
    | {"wp_navigation", "wp_template_part"}
)


def iter_feed_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each entry, numbered from 1; the feed's title in ``container``."""
    names = _ITEMS | _HEADS
    container, number = "", 0
    authors: dict[str, str] = {}
    skipped: Counter[str] = Counter()
    for element in iter_records(stream, names):
        if isinstance(element, Refusal):
            yield element
            continue
        name = local_name(element)
        if name == "title":
            container = container or text_of(element)
        elif name == "author":
            login = _wordpress(element, "author_login")
            authors[login] = _wordpress(element, "author_display_name") or login
        elif kind := _skipped_kind(element):
            skipped[kind] += 1
        else:
            number += 1
            columns = _entry(element) if name == "entry" else _item(element, authors)
            yield Row(number, filled({**columns, "container": container}))
    if skipped:
        kinds = "، ".join(f"{kind} ({count})" for kind, count in skipped.items())
        yield Remark(0, Note("entries_skipped", values={"kinds": kinds}))


def _skipped_kind(item: Element) -> str:
    """What an item of WordPress is, where it is no article; ``""`` for articles."""
    kind = _wordpress(item, "post_type")
    if kind in _NO_ARTICLES:
        return kind
    status = _wordpress(item, "status")
    return status if status in {"trash", "auto-draft", "inherit"} else ""


def _item(item: Element, authors: dict[str, str]) -> dict[str, object]:
    """The columns of an entry of RSS, or of WordPress."""
    creator = text_at(item, "creator") or text_at(item, "author")
    html = next(
        (text for text in (_encoded(item), text_at(item, "description")) if text), ""
    )
    day = _wordpress(item, "post_date")
    day = "" if day.startswith("0000") else day
    return {
        "external_id": _wordpress(item, "post_id") or text_at(item, "guid"),
        "title": strip_markup(text_at(item, "title")),
        "body": strip_markup(html),
        "url": text_at(item, "link") or _about(item),
        "published": day or _day(text_at(item, "pubDate")) or text_at(item, "date"),
        "byline": authors.get(creator, creator),
        "topics": distinct([text_of(each) for each in children(item, "category")]),
        "status": _STATUSES.get(_wordpress(item, "status"), ""),
        "language": text_at(item, "language"),
    }


def _entry(entry: Element) -> dict[str, object]:
    """The columns of an entry of Atom."""
    links = [
        link.get("href", "")
        for link in children(entry, "link")
        if link.get("rel", "alternate") == "alternate"
    ]
    names = [text_at(author, "name") for author in children(entry, "author")]
    terms = [
        each.get("label") or each.get("term") or ""
        for each in children(entry, "category")
    ]
    body = _atom_text(entry, "content") or _atom_text(entry, "summary")
    return {
        "external_id": text_at(entry, "id"),
        "title": " ".join(_atom_text(entry, "title").split()),
        "body": body,
        "url": links[0] if links else "",
        "published": text_at(entry, "published") or text_at(entry, "updated"),
        "byline": "، ".join(distinct(names)),
        "authors": distinct(names),
        "topics": distinct(terms),
    }


def _atom_text(entry: Element, name: str) -> str:
    found = children(entry, name)
    if not found:
        return ""
    element = found[0]
    kind = element.get("type", "text")
    if kind == "xhtml":
        return strip_markup(
            ElementTree.tostring(element, encoding="unicode", method="html")
        )
    text = "".join(element.itertext())
    return strip_markup(text) if kind in {"html", "text/html"} else text.strip()


def _encoded(item: Element) -> str:
    """The text of ``content:encoded``, before that of WordPress's excerpt."""
    found = children(item, "encoded")
    by_content = [each for each in found if str(each.tag).startswith(f"{{{_CONTENT}")]
    return "".join((by_content or found)[0].itertext()) if found else ""


def _wordpress(item: Element, name: str) -> str:
    """The text of an element of WordPress's own; ``""`` for none."""
    for child in children(item, name):
        if str(child.tag).startswith(f"{{{_WORDPRESS}"):
            return text_of(child)
    return ""


def _about(item: Element) -> str:
    """The address of an entry of RSS 1.0."""
    return next((value for key, value in item.items() if key.endswith("}about")), "")


def _day(text: str) -> str:
    """The day of a date of mail, which RSS uses, or the text where it is none.

    >>> _day("Tue, 02 Mar 2021 10:00:00 +0300"), _day("2 مارس 2021")
    ('2021-03-02', '2 مارس 2021')
    """
    try:
        moment: datetime = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return text
    return moment.date().isoformat()
