"""The table of export formats: a new one is a module beside this and a row here."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.citing import FILE_FORMATS, ReferenceFormat
from archive.references import build_reference
from search.export import lines, offline, reading_list, tables, workbook
from search.export.about import About
from search.export.entries import Entry

_REFERENCES: Final = {each.name: each for each in FILE_FORMATS}


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A file format.

    ``name`` is its part of the URL; ``is_raw`` marks the variant that ``raw=1`` asks
    for. ``purpose`` says what the file is for. ``write`` turns entries into text
    or bytes. A browser shows what ``is_page``, and saves all other files. Of more than
    ``most_at_once`` articles the first byte would take longer than a second.
    """

    name: str
    extension: str
    label: Promise
    purpose: Promise
    content_type: str
    write: Callable[[Iterable[Entry], About], Iterator[str] | Iterator[bytes]]
    is_raw: bool = False
    is_page: bool = False
    most_at_once: int = sys.maxsize


def _references(name: str, label: Promise, purpose: Promise) -> ExportFormat:
    kind = _REFERENCES[name]
    return ExportFormat(
        name, kind.extension, label, purpose, kind.content_type, _writer_of(kind)
    )


def _writer_of(
    kind: ReferenceFormat,
) -> Callable[[Iterable[Entry], About], Iterator[str]]:
    def write(entries: Iterable[Entry], about: About) -> Iterator[str]:
        return kind.write(
            build_reference(entry.article, about.place) for entry in entries
        )

    return write


FORMATS: Final = (
    ExportFormat(
        "xlsx",
        "xlsx",
        _("workbook (XLSX)"),
        _("for Excel and LibreOffice, with real dates and a sheet about the search"),
        workbook.CONTENT_TYPE,
        workbook.write_workbook,
        most_at_once=workbook.MOST_AT_ONCE,
    ),
    ExportFormat(
        "csv",
        "csv",
        _("table (CSV)"),
        _("for Excel, LibreOffice and Google Sheets"),
        tables.CONTENT_TYPE,
        tables.write_table,
    ),
    ExportFormat(
        "csv",
        "csv",
        _("table for programs (CSV)"),
        _("for R, pandas and scripts: not for a spreadsheet"),
        tables.CONTENT_TYPE,
        tables.write_raw_table,
        is_raw=True,
    ),
    ExportFormat(
        "jsonl",
        "jsonl",
        _("full records (JSON Lines)"),
        _("for another archive, for keeping and for scripts"),
        lines.CONTENT_TYPE,
        lines.write_lines,
    ),
    ExportFormat(
        "reading-list",
        "html",
        _("reading list"),
        _("to print: the citations of all articles on one page"),
        reading_list.CONTENT_TYPE,
        reading_list.write_reading_list,
        is_page=True,
    ),
    ExportFormat(
        "zip",
        "zip",
        _("pages with texts (ZIP)"),
        _("to read without a network"),
        offline.CONTENT_TYPE,
        offline.write_pages,
    ),
    _references(
        "ris", _("references (RIS)"), _("for Zotero, EndNote, Mendeley and Citavi")
    ),
    _references("bibtex", _("references (BibTeX)"), _("for LaTeX and JabRef")),
    _references("csl", _("references (CSL-JSON)"), _("for Pandoc and citation tools")),
)


def find_format(name: str, *, raw: bool = False) -> ExportFormat | None:
    """The format called *name*: its raw variant where there is one and *raw* is true.

    ``None`` for an unknown name.

    >>> find_format("csv", raw=True).is_raw, find_format("jsonl", raw=True).is_raw
    (True, False)
    """
    named = [each for each in FORMATS if each.name == name]
    exact = [each for each in named if each.is_raw == raw]
    return next(iter(exact or named), None)
