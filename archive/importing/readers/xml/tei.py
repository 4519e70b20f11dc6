"""The reader of TEI: articles of an edited journal, or a file that is one text."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from archive.importing.problems import FileUnreadable
from archive.importing.readers.rows import Read, Row
from archive.importing.readers.xml.elements import (
    Element,
    children,
    descendants,
    distinct,
    filled,
    find,
    local_name,
    parse_tree,
    text_at,
    text_of,
)

# Divisions that are articles of their own, by @type.
_ARTICLES: Final = frozenset({"article", "item", "news", "letter", "poem", "essay"})
_PARAGRAPHS: Final = frozenset(
    {"p", "ab", "lg", "l", "quote", "item", "head", "opener", "closer", "row", "sp"}
)
# What an editor added, what the printer repeats on each page, what was struck out.
_LEFT_OUT: Final = frozenset({"fw", "del", "surplus", "teiHeader", "note"})
# Of a choice the first of these is what a reader should have.
_CHOSEN: Final = ("corr", "reg", "expan")
_BLANKS: Final = frozenset({"lb", "pb", "cb", "milestone", "space"})
_KINDS: Final = {"persName": "person", "placeName": "place", "orgName": "organisation"}
_GAP: Final = "[…]"
_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
PARAGRAPH: Final = "\n\n"


def iter_tei_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each article, numbered from 1, or for each text without divisions."""
    root = parse_tree(stream)
    number = 0
    texts = [root] if local_name(root) != "teiCorpus" else children(root, "TEI")
    for tei in texts:
        header = find(tei, "teiHeader")
        shared = _header_columns(header) if header is not None else {}
        body = find(tei, "text", "body")
        if body is None:
            body = find(tei, "text")
        if body is None:
            continue
        articles = [each for each in descendants(body, "div") if _is_article(each)]
        for article in articles or [body]:
            number += 1
            own = filled(_article_columns(article, header))
            if not articles and "title" not in own:
                own["title"] = shared.get("main_title", "")
            yield Row(number, {**shared, **own})
    if not number:
        raise FileUnreadable(_("The TEI file holds no text: <text> is missing."))


def _is_article(div: Element) -> bool:
    return div.get("type", "") in _ARTICLES


def _header_columns(header: Element) -> dict[str, object]:
    """What the header says of all articles: the journal and its issue."""
    monogr = next(descendants(header, "monogr"), None)
    bibl = next(descendants(header, "biblStruct", "biblFull", "bibl"), None)
    issue = monogr if monogr is not None else bibl
    columns: dict[str, object] = {
        "main_title": text_at(header, "fileDesc", "titleStmt", "title"),
        "container": text_at(header, "fileDesc", "publicationStmt", "publisher"),
        "rights": text_at(header, "fileDesc", "publicationStmt", "availability"),
    }
    if issue is not None:
        columns["source"] = _journal(issue)
        columns["published"] = _date(issue)
        columns["place_of_printing"] = next(
            (text_of(each) for each in descendants(issue, "pubPlace")), ""
        )
        for scope in descendants(issue, "biblScope"):
            unit = scope.get("unit", scope.get("type", ""))
            name = {"page": "pages", "pp": "pages", "vol": "volume"}.get(unit, unit)
            if name in {"volume", "issue", "pages"}:
                columns.setdefault(name, text_of(scope) or scope.get("from", ""))
    return filled(columns)


def _journal(issue: Element) -> str:
    """The title of the journal, in Arabic where it has one."""
    titles = [each for each in descendants(issue, "title") if each.get("level") != "a"]
    arabic = [each for each in titles if each.get(_XML_LANG, "").startswith("ar")]
    return next((text_of(each) for each in arabic or titles if text_of(each)), "")


def _date(element: Element) -> str:
    """The first date with a machine's form, else the first in words."""
    dates = list(descendants(element, "date"))
    for name in ("when", "when-iso", "notBefore", "from"):
        for each in dates:
            if value := each.get(name):
                return value
    return next((text_of(each) for each in dates if text_of(each)), "")


def _article_columns(article: Element, header: Element | None) -> dict[str, object]:
    heads = children(article, "head")
    bylines = list(_own(article, "byline", "docAuthor"))
    named = [name for each in bylines for name in descendants(each, "persName")]
    authors = [" ".join(_text(each).split()) for each in named]
    if not authors and header is not None and not _is_article(article):
        statement = find(header, "fileDesc", "titleStmt")
        found = children(statement, "author") if statement is not None else []
        authors = [text_of(each) for each in found]
    dateline = next(_own(article, "dateline"), None)
    return {
        "external_id": article.get(_XML_ID, ""),
        "title": " ".join(_text(heads[0]).split()) if heads else "",
        "subtitle": " ".join(_text(heads[1]).split()) if len(heads) > 1 else "",
        "body": _body(article, {id(each) for each in (*heads[:2], *bylines)}),
        "byline": " ".join(_text(bylines[0]).split()) if bylines else "",
        "authors": distinct(authors),
        "actors": _actors(article),
        "language": article.get(_XML_LANG, ""),
        **({"published": _date(dateline)} if dateline is not None else {}),
    }


def _own(article: Element, *names: str) -> Iterator[Element]:
    """The elements of an article itself, not of articles inside it."""
    for child in article:
        if local_name(child) == "div" and _is_article(child):
            continue
        if local_name(child) in names:
            yield child
        else:
            yield from _own(child, *names)


def _body(article: Element, left_out: set[int]) -> str:
    """The paragraphs, each with an empty line before the next."""
    paragraphs: list[str] = []
    _gather(article, left_out, paragraphs)
    return PARAGRAPH.join(text for text in paragraphs if text)


def _gather(element: Element, left_out: set[int], paragraphs: list[str]) -> None:
    for child in element:
        name = local_name(child)
        if id(child) in left_out or name in _LEFT_OUT:
            continue
        if name == "div" and _is_article(child):
            continue
        if name == "lg":
            lines = [" ".join(_text(line).split()) for line in descendants(child, "l")]
            paragraphs.append("\n".join(lines))
        elif name in _PARAGRAPHS:
            paragraphs.append(" ".join(_text(child).split()))
        else:
            _gather(child, left_out, paragraphs)


def _text(element: Element) -> str:
    """The text of an element as a reader should have it."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if name in _BLANKS:
            parts.append("" if child.get("break") == "no" else " ")
        elif name == "gap":
            parts.append(_GAP)
        elif name == "choice":
            chosen = [each for kind in _CHOSEN for each in children(child, kind)]
            parts.append(_text(chosen[0] if chosen else child))
        elif name not in _LEFT_OUT:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _actors(article: Element) -> list[object]:
    """The names that the edition has identified, each reference once."""
    found: dict[str, object] = {}
    for each in descendants(article, *_KINDS):
        reference = each.get("ref", "").strip()
        name = " ".join(_text(each).split())
        if reference and name and reference not in found:
            kind = _KINDS[local_name(each)]
            found[reference] = {"name": name, "kind": kind, "ref": reference}
    return list(found.values())
