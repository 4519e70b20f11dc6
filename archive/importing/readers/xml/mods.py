"""The reader of MODS, the Library of Congress's description of titles."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from archive.importing.readers.bibliography import turn_name
from archive.importing.readers.rows import Read, Refusal, Row
from archive.importing.readers.xml.elements import (
    Element,
    children,
    descendants,
    distinct,
    filled,
    find,
    iter_records,
    text_at,
    text_of,
)

_MODS: Final = frozenset({"mods"})
_DATES: Final = ("dateIssued", "dateCreated", "copyrightDate")
_AUTHORS: Final = frozenset({"aut", "author", "cre", "creator", ""})
_AL: Final = "ال"
_ACTOR_KINDS: Final = {"personal": "person", "corporate": "organisation"}


def iter_mods_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each record, numbered from 1."""
    number = 0
    for element in iter_records(stream, _MODS):
        if isinstance(element, Refusal):
            yield element
            continue
        number += 1
        yield Row(number, filled(mods_columns(element)))


def mods_columns(mods: Element) -> dict[str, object]:
    """The columns of an article of one record."""
    title, subtitle = _title(mods)
    hosts = [
        each for each in children(mods, "relatedItem") if each.get("type") == "host"
    ]
    host = hosts[0] if hosts else None
    part, origin = (
        _find_or_in(host, mods, "part"),
        _find_or_in(host, mods, "originInfo"),
    )
    names = children(mods, "name")
    subjects = children(mods, "subject")
    return {
        "external_id": text_at(mods, "recordInfo", "recordIdentifier")
        or _identifier(mods),
        "title": title,
        "subtitle": subtitle,
        "body": text_at(mods, "abstract"),
        "language": next(
            (text_of(each) for each in descendants(mods, "languageTerm")), ""
        ),
        "source": _title(host)[0] if host is not None else "",
        "container": _publisher(origin),
        "authors": distinct([_name(each) for each in names if _role(each) in _AUTHORS]),
        "published": _date(origin)
        or (text_at(part, "date") if part is not None else ""),
        "url": text_at(mods, "location", "url"),
        "topics": distinct(
            [text_of(topic) for each in subjects for topic in children(each, "topic")]
        ),
        "actors": _actors(names, subjects),
        "volume": _detail(part, "volume"),
        "issue": _detail(part, "issue") or _detail(part, "number"),
        "pages": _pages(part),
        "place_of_printing": _place(origin),
        "rights": text_at(mods, "accessCondition"),
        "genre": text_at(mods, "genre"),
    }


def _issue_columns(part: Element | None, origin: Element | None) -> dict[str, object]:
    """Where and when it was printed."""
    day = text_at(part, "date") if part is not None else ""
    return {
        "published": _date(origin) or day,
        "volume": _detail(part, "volume"),
        "issue": _detail(part, "issue") or _detail(part, "number"),
        "pages": _pages(part),
        "place_of_printing": _place(origin),
    }


def _find_or_in(host: Element | None, mods: Element, name: str) -> Element | None:
    """A child of the record, else of the periodical in which it stands."""
    own = find(mods, name)
    return find(host, name) if own is None and host is not None else own


def _title(element: Element | None) -> tuple[str, str]:
    """The title with its article, and the subtitle; other forms of it are left out."""
    infos = children(element, "titleInfo") if element is not None else []
    main = [each for each in infos if not each.get("type")] or infos
    if not main:
        return "", ""
    article, title = text_at(main[0], "nonSort"), text_at(main[0], "title")
    # The Arabic article is one word with what follows it.
    space = "" if not article or article.endswith(_AL) else " "
    return f"{article}{space}{title}", text_at(main[0], "subTitle")


def _identifier(mods: Element) -> str:
    return next((text_of(each) for each in children(mods, "identifier")), "")


def _name(name: Element) -> str:
    """A name as it is printed: the parts without a type, else given and family name."""
    parts = children(name, "namePart")
    plain = [text_of(part) for part in parts if part.get("type") in {None, ""}]
    if plain:
        return turn_name(" ".join(plain))
    by_type = {part.get("type"): text_of(part) for part in parts}
    return " ".join(
        by_type[key] for key in ("given", "family") if by_type.get(key)
    ) or text_at(name, "displayForm")


def _role(name: Element) -> str:
    return next((text_of(each).lower() for each in descendants(name, "roleTerm")), "")


def _actors(names: list[Element], subjects: list[Element]) -> list[object]:
    """Names that are no authors, and persons, bodies and places as subjects."""
    found: list[object] = []
    others = [each for each in names if _role(each) not in _AUTHORS]
    about = [name for each in subjects for name in children(each, "name")]
    for each in (*others, *about):
        kind = _ACTOR_KINDS.get(each.get("type", ""), "")
        found.append(filled({"name": _name(each), "kind": kind}))
    for each in subjects:
        for place in children(each, "geographic"):
            found.append({"name": text_of(place), "kind": "place"})
    return found


def _date(origin: Element | None) -> str:
    """The date of publication; of several, the one that is marked as the key."""
    if origin is None:
        return ""
    dates = [each for name in _DATES for each in children(origin, name)]
    dates.sort(key=lambda each: each.get("keyDate") != "yes")
    return next((text_of(each) for each in dates if text_of(each)), "")


def _publisher(origin: Element | None) -> str:
    return text_at(origin, "publisher") if origin is not None else ""


def _place(origin: Element | None) -> str:
    """The place in words, where it is not a code of a country."""
    if origin is None:
        return ""
    terms = list(descendants(origin, "placeTerm"))
    return next((text_of(each) for each in terms if each.get("type") != "code"), "")


def _detail(part: Element | None, kind: str) -> str:
    if part is None:
        return ""
    for each in children(part, "detail"):
        if each.get("type") == kind:
            return text_at(each, "number") or text_at(each, "caption")
    return ""


def _pages(part: Element | None) -> str:
    if part is None:
        return ""
    for each in children(part, "extent"):
        ends = [text_at(each, "start"), text_at(each, "end")]
        return "-".join(distinct(ends)) or text_at(each, "list")
    return ""
