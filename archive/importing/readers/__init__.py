"""Files of records: JSON, tables, spreadsheets, bibliographies, XML, folders of pages.

A format is a module here and a row of the tables below. All readers yield the same: a
`Row` of columns, a `Refusal`, or a `Remark` on the file.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from archive.importing.problems import FileUnreadable
from archive.importing.readers.bibliography import iter_bibtex_rows, iter_ris_rows
from archive.importing.readers.encoding import (
    ENCODINGS,
    WINDOWS_1256,
    preview_line,
)
from archive.importing.readers.formats import Format, detect_format
from archive.importing.readers.heading import Headings
from archive.importing.readers.json_document import iter_document_rows
from archive.importing.readers.jsonl import iter_json_rows
from archive.importing.readers.lines import SourceFile, refuse_unsupported_encoding
from archive.importing.readers.rows import Read, Refusal, Remark, Row
from archive.importing.readers.table import iter_table_rows
from archive.importing.readers.web import (
    is_page,
    iter_folder_rows,
    iter_warc_rows,
    iter_zip_rows,
)
from archive.importing.readers.workbook import iter_workbook_rows
from archive.importing.readers.xml import (
    iter_feed_rows,
    iter_marc_rows,
    iter_mods_rows,
    iter_tei_rows,
)

__all__ = [
    "ENCODINGS",
    "TABLES",
    "WINDOWS_1256",
    "Format",
    "Headings",
    "Read",
    "Refusal",
    "Remark",
    "Row",
    "SourceFile",
    "detect_format",
    "is_page",
    "iter_rows",
    "preview_line",
]

# Formats whose cells are text, in which several items are separated by signs.
TABLES: Final = frozenset({Format.CSV, Format.WORKBOOK})
_LINE_BASED: Final = frozenset({Format.JSONL, Format.CSV, Format.RIS})


def _iter_pages(source: SourceFile, headings: Headings) -> Iterator[Read]:
    del headings
    if source.path.is_dir():
        return iter_folder_rows(source.path, source.encoding)
    return iter_zip_rows(source.binary(), source.encoding)


_READERS: Final[Mapping[Format, Callable[[SourceFile, Headings], Iterator[Read]]]] = {
    Format.JSONL: lambda source, headings: iter_json_rows(source.lines()),
    Format.JSON: lambda source, headings: iter_document_rows(source.recoded()),
    Format.CSV: lambda source, headings: iter_table_rows(source.lines(), headings),
    Format.WORKBOOK: lambda s, headings: iter_workbook_rows(s.binary(), headings),
    Format.RIS: lambda source, headings: iter_ris_rows(source.lines()),
    Format.BIBTEX: lambda source, headings: iter_bibtex_rows(source.recoded()),
    Format.FEED: lambda source, headings: iter_feed_rows(source.binary()),
    Format.TEI: lambda source, headings: iter_tei_rows(source.binary()),
    Format.MODS: lambda source, headings: iter_mods_rows(source.binary()),
    Format.MARCXML: lambda source, headings: iter_marc_rows(source.binary()),
    Format.PAGES: _iter_pages,
    Format.WARC: lambda source, headings: iter_warc_rows(source.binary()),
}


def iter_rows(
    source: SourceFile,
    *,
    format: Format | None = None,
    headings: Headings | None = None,
) -> Iterator[Read]:
    """The records, refused lines and remarks of the file, in order.

    Raises `FileUnreadable` where the file as a whole cannot be read.
    """
    head = source.peek_head()
    format = format or detect_format(source.path, head)
    if format in _LINE_BASED:
        refuse_unsupported_encoding(source.path, head)
    try:
        yield from _READERS[format](source, headings or Headings.of())
    except (FileUnreadable, RecursionError) as error:
        raise FileUnreadable(f"{source.path}: {error}") from error
