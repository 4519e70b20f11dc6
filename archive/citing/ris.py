"""RIS, which Zotero, EndNote, Mendeley and Citavi read.

Tags as in the translators of Zotero, which are the stricter reading: the newspaper's
name is T2, for JO alone is taken for an abbreviation.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from archive.citing.reference import Reference
from archive.dates import PartialDate

CONTENT_TYPE: Final = "application/x-research-info-systems; charset=utf-8"
_LINE_END: Final = "\r\n"


def write_ris(references: Iterable[Reference]) -> Iterator[str]:
    """A record for each reference: a line for each value, none for empty ones."""
    for reference in references:
        tagged = [("TY", reference.work_type.ris), *_iter_values(reference)]
        lines = [f"{tag}  - {value}" for tag, value in tagged if value]
        yield _LINE_END.join([*lines, "ER  - ", "", ""])


def _iter_values(reference: Reference) -> Iterator[tuple[str, str]]:
    first_page, last_page = reference.page_range
    yield "TI", reference.title
    for name in reference.creators:
        yield "AU", name
    yield "T2", reference.container
    yield "DA", _date(reference.published)
    yield "PY", f"{reference.published.year:04}" if reference.published else ""
    yield "VL", reference.volume
    yield "IS", reference.issue
    yield "SP", first_page
    yield "EP", last_page
    yield "CY", reference.place
    yield "LA", reference.language
    for keyword in reference.keywords:
        yield "KW", keyword
    yield "N1", reference.printed_date
    # Zotero reads it as rights; no other tag has them.
    yield "CR", reference.rights
    yield "UR", reference.address
    yield "Y2", _day(reference.accessed)
    yield "DB", reference.archive_ar
    yield "AN", str(reference.number)
    yield "ID", reference.key


def _date(date: PartialDate | None) -> str:
    """The date as RIS has it: unknown parts are empty, the slashes stay."""
    if date is None:
        return ""
    month, day = (f"{part:02}" if part else "" for part in (date.month, date.day))
    return f"{date.year:04}/{month}/{day}/"


def _day(day: dt.date) -> str:
    return f"{day:%Y/%m/%d}/"
