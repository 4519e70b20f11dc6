"""The reader of MARCXML: MARC 21 of libraries, its fields by number."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from archive.importing.readers.bibliography import turn_name
from archive.importing.readers.rows import Read, Refusal, Row
from archive.importing.readers.xml.elements import (
    Element,
    children,
    distinct,
    filled,
    iter_records,
    text_of,
)

_RECORD: Final = frozenset({"record"})
# Punctuation between the areas of a description (ISBD), which is no part of a value.
_ISBD_RE: Final = re.compile(r"[\s/:;,،؛=.]+$")
_AUTHORS: Final = ("100", "110", "700", "710")
_TOPICS: Final = ("650", "653")
_ACTORS: Final = {"600": "person", "610": "organisation", "651": "place"}
# Fields in the script of the original are 880, linked by subfield 6: "245-01/(3/r".
_OTHER_SCRIPT: Final = "880"
_LINK_RE: Final = re.compile(r"([0-9]{3})-([0-9]{2})")
_LANGUAGE_OF_008: Final = slice(35, 38)
_DATE_OF_008: Final = slice(7, 11)

Field = dict[str, list[str]]


def iter_marc_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each record, numbered from 1."""
    number = 0
    for element in iter_records(stream, _RECORD):
        if isinstance(element, Refusal):
            yield element
            continue
        number += 1
        yield Row(number, filled(marc_columns(element)))


def marc_columns(record: Element) -> dict[str, object]:
    """The columns of an article of one record; the original script before Latin."""
    control = {
        each.get("tag", ""): text_of(each) for each in children(record, "controlfield")
    }
    fields = _fields(record)
    fixed = control.get("008", "")
    return {
        "external_id": control.get("001", ""),
        "title": _first(fields, "245", "a"),
        "subtitle": _first(fields, "245", "b"),
        "body": _first(fields, "520", "a", is_text=True),
        "language": _first(fields, "041", "a") or fixed[_LANGUAGE_OF_008].strip(),
        "source": _first(fields, "773", "t"),
        "container": _first(fields, "260", "b") or _first(fields, "264", "b"),
        "issue": _first(fields, "773", "g"),
        "authors": distinct(
            [turn_name(name) for tag in _AUTHORS for name in _all(fields, tag)]
        ),
        "published": _published(fields, fixed),
        "place_of_printing": _first(fields, "260", "a") or _first(fields, "264", "a"),
        "url": _first(fields, "856", "u", is_text=True),
        "topics": distinct([name for tag in _TOPICS for name in _all(fields, tag)]),
        "actors": [
            {"name": turn_name(name) if kind == "person" else name, "kind": kind}
            for tag, kind in _ACTORS.items()
            for name in _all(fields, tag)
        ],
        "rights": _first(fields, "540", "a", is_text=True),
    }


def _fields(record: Element) -> dict[str, list[Field]]:
    """The data fields by tag; a field in Latin letters gives way to its original."""
    latin: dict[str, list[tuple[str, Field]]] = {}
    original: dict[tuple[str, str], Field] = {}
    for each in children(record, "datafield"):
        field: Field = {}
        for part in children(each, "subfield"):
            field.setdefault(part.get("code", ""), []).append(text_of(part))
        link = _LINK_RE.match(field.get("6", [""])[0])
        tag = each.get("tag", "")
        if tag == _OTHER_SCRIPT and link:
            original[link[1], link[2]] = field
        else:
            latin.setdefault(tag, []).append((link[2] if link else "", field))
    fields = {
        tag: [original.pop((tag, number), field) for number, field in pairs]
        for tag, pairs in latin.items()
    }
    # Originals without a Latin field are linked to 00.
    for (tag, _number), field in original.items():
        fields.setdefault(tag, []).append(field)
    return fields


def _first(
    fields: dict[str, list[Field]], tag: str, code: str, *, is_text: bool = False
) -> str:
    """The first value of a subfield; its closing punctuation goes, but from texts."""
    for field in fields.get(tag, ()):
        for value in field.get(code, ()):
            if value:
                return value if is_text else _ISBD_RE.sub("", value)
    return ""


def _all(fields: dict[str, list[Field]], tag: str) -> list[str]:
    return [
        _ISBD_RE.sub("", value)
        for field in fields.get(tag, ())
        for value in field.get("a", ())[:1]
    ]


def _published(fields: dict[str, list[Field]], fixed: str) -> str:
    for tag in ("260", "264"):
        if day := _first(fields, tag, "c"):
            return day.strip("[]")
    year = fixed[_DATE_OF_008]
    return year if year.isdigit() else ""
