"""XLSX: a sheet of articles and one that says what they are, for Excel and LibreOffice.

Rows are written to a temporary file, one by one, which is sent when it is whole.
"""

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

import xlsxwriter
from django.utils.translation import get_language_bidi, gettext

from archive.importing.cells import join_items
from search.export.about import About, list_facts
from search.export.columns import Column, Value, list_columns
from search.export.entries import Entry

CONTENT_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
# It is sent when it is whole: of as many articles that takes a sixth of a second of the
# processor, and less than a second on a machine that is busy otherwise.
MOST_AT_ONCE: Final = 250
# Characters, of Excel's "Specifications and limits".
MAX_CELL: Final = 32_767
# Days before it are text: Excel counts from there.
FIRST_DAY: Final = dt.date(1900, 3, 1)
_CHUNK: Final = 65_536
# XML 1.0 has no such characters; Excel would show "_x000B_" in their place.
_CONTROL_RE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDTHS: Final = {"title": 45, "subtitle": 30, "body": 60, "address": 38}
_USUAL_WIDTH: Final = 18
_FACT_WIDTHS: Final = (24, 90)
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}


def write_workbook(entries: Iterable[Entry], about: About) -> Iterator[bytes]:
    """The bytes of the workbook, after all entries have been read."""
    with tempfile.TemporaryFile(prefix="sijill-export-") as file:
        with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
            _write_articles(workbook, entries, about)
            _write_facts(workbook, about)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def clean_cell(text: str) -> str:
    """The text without what a cell cannot hold, cut to its length.

    >>> clean_cell("سطر\\x0bآخر"), len(clean_cell("ا" * 40_000))
    ('سطرآخر', 32767)
    """
    return _CONTROL_RE.sub("", text)[:MAX_CELL]


def _write_articles(workbook: Any, entries: Iterable[Entry], about: About) -> None:
    sheet = _add_sheet(workbook, gettext("Articles"))
    columns = list_columns(about)
    heading = workbook.add_format({"bold": True, "text_wrap": True})
    moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column.name, _USUAL_WIDTH))
        sheet.write_string(0, place, str(column.heading), heading)
    sheet.write_string(0, len(columns), gettext("cut off"), heading)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, entry in enumerate(entries, 1):
        cut = [
            str(column.heading)
            for place, column in enumerate(columns)
            if _write_cell(sheet, last, place, column, entry, about, moment)
        ]
        if cut:
            sheet.write_string(last, len(columns), join_items(cut))
    sheet.autofilter(0, 0, last, len(columns))


def _write_cell(
    sheet: Any,
    row: int,
    place: int,
    column: Column,
    entry: Entry,
    about: About,
    moment: Any,
) -> bool:
    """Write a cell; whether its text was too long for it."""
    value = column.typed(entry)
    if value is None or _is_too_early(value):
        text = _CONTROL_RE.sub("", column.read(entry, about))
        if text:
            sheet.write_string(row, place, text[:MAX_CELL])
        return len(text) > MAX_CELL
    if isinstance(value, dt.datetime):
        sheet.write_datetime(row, place, value, moment)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, value)
    else:
        sheet.write_number(row, place, value)
    return False


def _is_too_early(value: Value) -> bool:
    if isinstance(value, dt.datetime):
        return value.date() < FIRST_DAY
    return isinstance(value, dt.date) and value < FIRST_DAY


def _write_facts(workbook: Any, about: About) -> None:
    sheet = _add_sheet(workbook, gettext("About this file"))
    label = workbook.add_format({"bold": True, "valign": "top"})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate(_FACT_WIDTHS):
        sheet.set_column(place, place, width)
    for row, fact in enumerate(list_facts(about)):
        sheet.write_string(row, 0, str(fact.label), label)
        sheet.write_string(row, 1, clean_cell(fact.text), text)


def _add_sheet(workbook: Any, name: str) -> Any:
    sheet = workbook.add_worksheet(name)
    if get_language_bidi():
        sheet.right_to_left()
    return sheet
