"""Readers of RIS and BibTeX, as reference managers export them.

Their fields become the columns of an article; names come as «ناصر, سالم» and are put
the way they are printed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from archive.importing.problems import FileUnreadable, Note
from archive.importing.readers.lines import MEBIBYTE, Line
from archive.importing.readers.rows import Read, Refusal, Row

MAX_BIBTEX: Final = 64 * MEBIBYTE
_RIS_LINE_RE: Final = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?")
_END: Final = "ER"
# Tags of RIS by the column of an article; the first tag with a value is used.
_RIS_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "external_id": ("ID", "AN"),
    "title": ("TI", "T1", "CT"),
    "body": ("N2", "AB"),
    "source": ("T2", "JO", "JF", "JA", "J2", "BT", "PB"),
    "published": ("DA", "PY", "Y1"),
    "volume": ("VL",),
    "issue": ("IS", "CP"),
    "place_of_printing": ("CY", "PP"),
    "url": ("UR", "LK", "L2"),
    "language": ("LA",),
    "rights": ("C1",),
    "reference_type": ("TY",),
}
_RIS_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "authors": ("AU", "A1", "A2", "A3"),
    "topics": ("KW",),
}
_BIBTEX_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title",),
    "subtitle": ("subtitle", "titleaddon"),
    "body": ("abstract",),
    "source": ("journal", "journaltitle", "booktitle", "publisher", "howpublished"),
    "published": ("date",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages",),
    "place_of_printing": ("address", "location"),
    "url": ("url", "doi"),
    "language": ("langid", "language"),
}
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_BRACES_RE: Final = re.compile(r"[{}]")
_ENTRY_RE: Final = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
_FIELD_RE: Final = re.compile(r"\s*,?\s*([A-Za-z][\w\-]*)\s*=\s*")
_NO_RECORDS: Final = frozenset({"comment", "preamble", "string"})
_STRING: Final = "string"
_AND_RE: Final = re.compile(r"\s+and\s+")


def turn_name(name: str) -> str:
    """A name with its family name last, as it is printed.

    >>> turn_name("ناصر, سالم"), turn_name("سالم ناصر"), turn_name("ناصر، سالم")
    ('سالم ناصر', 'سالم ناصر', 'سالم ناصر')
    """
    parts = [part.strip() for part in re.split(r"[,،]", name) if part.strip()]
    return " ".join([*parts[1:], parts[0]]) if parts else ""


def iter_ris_rows(lines: Iterable[Line]) -> Iterator[Read]:
    """A row for each reference, at the line of its first tag.

    >>> text = "TY  - NEWS\\nTI  - رسالة\\nAU  - ناصر, سالم\\nER  - "
    >>> lines = [Line(n, each.encode()) for n, each in enumerate(text.split("\\n"), 1)]
    >>> row, = iter_ris_rows(lines)
    >>> row.columns["title"], row.columns["authors"]
    ('رسالة', ['سالم ناصر'])
    """
    tags: defaultdict[str, list[str]] = defaultdict(list)
    start, last = 0, ""
    for line in lines:
        if line.fault:
            yield Refusal(line.number, line.fault)
            continue
        text = line.content.decode("utf-8", errors="replace").rstrip()
        match = _RIS_LINE_RE.match(text)
        if match is None:
            # A long text goes on in lines without a tag.
            if text.strip() and last:
                tags[last][-1] += f"\n{text.strip()}"
            continue
        last = match[1]
        start = start or line.number
        if last == _END:
            if tags:
                yield Row(start, ris_columns(tags))
            tags, start, last = defaultdict(list), 0, ""
            continue
        tags[last].append((match[2] or "").strip())
    if tags:
        yield Row(start, ris_columns(tags))


def ris_columns(tags: Mapping[str, list[str]]) -> dict[str, object]:
    """The columns of an article of a reference's tags."""
    columns: dict[str, object] = {}
    for column, names in _RIS_COLUMNS.items():
        value = next((tags[n][0] for n in names if tags.get(n) and tags[n][0]), "")
        if value:
            columns[column] = value
    for column, names in _RIS_LISTS.items():
        items = [item for name in names for item in tags.get(name, ()) if item]
        if items:
            is_name = column == "authors"
            columns[column] = [turn_name(i) for i in items] if is_name else items
    pages = [tags[name][0] for name in ("SP", "EP") if tags.get(name) and tags[name][0]]
    if pages:
        columns["pages"] = "-".join(dict.fromkeys(pages))
    return columns


def iter_bibtex_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each entry, at its line; strings and comments are none.

    Raises `FileUnreadable` for a file that is too large or in no UTF-8.
    """
    text = _read_text(stream)
    position, line = 0, 1
    strings: dict[str, str] = {}
    while entry := _ENTRY_RE.search(text, position):
        line += text.count("\n", position, entry.start())
        position = entry.end()
        line += text.count("\n", entry.start(), position)
        if entry[1].lower() in _NO_RECORDS:
            named = _FIELD_RE.match(text, position)
            if entry[1].lower() == _STRING and named:
                strings[named[1].lower()] = _read_value(text, named.end(), strings)[0]
            continue
        fields, end = _read_fields(text, position, strings)
        if fields:
            yield Row(line, bibtex_columns(entry[1].lower(), fields))
        else:
            yield Refusal(line, Note("bad_entry", values={"kind": entry[1]}))
        line += text.count("\n", position, end)
        position = end


def _read_text(stream: BinaryIO) -> str:
    content = stream.read(MAX_BIBTEX + 1)
    if len(content) > MAX_BIBTEX:
        raise FileUnreadable(
            _("The BibTeX file is larger than %(limit)s MiB. Split it.")
            % {"limit": MAX_BIBTEX // MEBIBYTE}
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable(_("The BibTeX file is not in UTF-8.")) from error


def _read_fields(
    text: str, start: int, strings: Mapping[str, str]
) -> tuple[dict[str, str], int]:
    """The fields of an entry by lower-case name, and the offset behind the last."""
    comma = re.compile(r"\s*([^\s,{}=]*)\s*,").match(text, start)
    fields: dict[str, str] = {}
    if comma:
        start = comma.end()
        if comma[1]:
            fields["key"] = comma[1]
    while match := _FIELD_RE.match(text, start):
        value, start = _read_value(text, match.end(), strings)
        fields.setdefault(match[1].lower(), value)
    return (fields if len(fields) > 1 else {}), start


def _read_value(text: str, start: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """A value in braces, in quotation marks or bare; parts are joined by ``#``.

    A bare word may be the name of one of the *strings*.
    """
    parts = []
    while True:
        if text[start : start + 1] == "{":
            end = _closing_brace(text, start)
            parts.append(text[start + 1 : end])
            start = end + 1
        elif text[start : start + 1] == '"':
            end = text.find('"', start + 1)
            end = len(text) if end < 0 else end
            parts.append(text[start + 1 : end])
            start = end + 1
        else:
            bare = re.compile(r"[^\s,#{}()]*").match(text, start)
            word = bare[0] if bare else ""
            parts.append(strings.get(word.lower(), word))
            start = bare.end() if bare else start
        joint = re.compile(r"\s*#\s*").match(text, start)
        if joint is None:
            return " ".join("".join(parts).split()), start
        start = joint.end()


def _closing_brace(text: str, start: int) -> int:
    depth = 0
    for match in _BRACES_RE.finditer(text, start):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return len(text)


def bibtex_columns(kind: str, fields: Mapping[str, str]) -> dict[str, object]:
    """The columns of an article of an entry's fields.

    >>> bibtex_columns("article", {"title": "{رسالة}", "year": "1925", "month": "may"})
    {'reference_type': 'article', 'title': 'رسالة', 'published': '1925-05'}
    """
    plain = {name: _BRACES_RE.sub("", value) for name, value in fields.items()}
    columns: dict[str, object] = {"reference_type": kind}
    if plain.get("key"):
        columns["external_id"] = plain["key"]
    for column, names in _BIBTEX_COLUMNS.items():
        value = next((plain[name] for name in names if plain.get(name)), "")
        if value:
            columns[column] = value
    if "published" not in columns and plain.get("year"):
        columns["published"] = _date_of(plain)
    if plain.get("author"):
        authors = _AND_RE.split(fields["author"])
        columns["authors"] = [_BRACES_RE.sub("", turn_name(name)) for name in authors]
    if plain.get("keywords"):
        columns["topics"] = [
            item.strip() for item in re.split(r"[,;،؛]", plain["keywords"])
        ]
    return columns


def _date_of(fields: Mapping[str, str]) -> str:
    month = fields.get("month", "").lower()
    number = month.zfill(2) if month.isdigit() else ""
    if month[:3] in _MONTHS:
        number = f"{_MONTHS.index(month[:3]) + 1:02}"
    year = fields["year"]
    if number and year.isdigit():
        return f"{year}-{number}"
    return f"{month} {year}".strip()
