"""The table of export formats: a new one is a module beside this and a row here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.export import lines, tables
from search.export.entries import Entry


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A file format.

    ``name`` is its part of the URL and the file's extension; ``is_raw`` marks the
    variant that ``raw=1`` asks for. ``write`` turns entries into text.
    """

    name: str
    label: Promise
    content_type: str
    write: Callable[[Iterable[Entry]], Iterator[str]]
    is_raw: bool = False


FORMATS: Final = (
    ExportFormat("csv", _("table (CSV)"), tables.CONTENT_TYPE, tables.write_table),
    ExportFormat(
        "csv",
        _("table for programs (CSV)"),
        tables.CONTENT_TYPE,
        tables.write_raw_table,
        is_raw=True,
    ),
    ExportFormat(
        "jsonl", _("full records (JSON Lines)"), lines.CONTENT_TYPE, lines.write_lines
    ),
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
