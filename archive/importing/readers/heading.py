"""The heading of a table: where it stands, and where another one begins.

Spreadsheets have captions above it, tables that were pasted together have it again, and
some have none.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.fields import all_headings, count_known, fold_heading
from archive.importing.problems import FileUnreadable, excerpt
from archive.importing.text import clean_line

DELIMITERS: Final = (",", ";", "\t", "|")
MAX_COLUMNS: Final = 1000
# Lines in which the heading is looked for: captions are short.
SEARCHED_LINES: Final = 40
# Known names that make a line a heading that has others above it.
_FEWEST_KNOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Headings:
    """The folded names that may head a column; *named* are those of the options."""

    known: frozenset[str]
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, named: Sequence[str] = ()) -> "Headings":
        """The headings of all records, and the columns that the options name."""
        own = frozenset(fold_heading(name) for name in named)
        return cls(all_headings() | own, own)


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns of a table and the index of their line."""

    index: int
    columns: tuple[str, ...]
    delimiter: str = ""


def find_in_lines(lines: Sequence[str], headings: Headings) -> Heading | None:
    """The heading among the first lines of a text, with its delimiter.

    >>> found = find_in_lines(["أرشيف 2021;;", "العنوان;النص;سنة"], Headings.of())
    >>> found.index, found.columns, found.delimiter
    (1, ('العنوان', 'النص', 'سنة'), ';')
    """
    splits = []
    for index, line in enumerate(lines):
        for delimiter in DELIMITERS:
            cells = split_line(line, delimiter)
            if cells:
                splits.append((index, delimiter, cells))
    return _choose(splits, headings)


def find_in_rows(rows: Sequence[Sequence[str]], headings: Headings) -> Heading | None:
    """The heading among the first rows of a sheet."""
    return _choose([(i, "", list(cells)) for i, cells in enumerate(rows)], headings)


def _choose(
    splits: Sequence[tuple[int, str, list[str]]], headings: Headings
) -> Heading | None:
    """The first line with known names, and its split with most of them."""
    first = min((index for index, _, cells in splits if any(cells)), default=None)
    best: tuple[int, int, Heading] | None = None
    for index, delimiter, cells in splits:
        count = count_known(cells, headings.known)
        fewest = 1 if index == first else _FEWEST_KNOWN
        if best and (best[2].index < index or best[:2] >= (count, len(cells))):
            continue
        if count >= fewest and not _is_data(cells, count):
            columns = tuple(clean_line(cell) for cell in cells)
            best = count, len(cells), Heading(index, columns, delimiter)
    return best[2] if best else None


def _is_data(cells: Sequence[str], known: int) -> bool:
    """Whether a cell is longer than a heading, so that the known ones are by chance."""
    longest = max((len(cell) for cell in cells), default=0)
    return known * 2 < len([cell for cell in cells if cell.strip()]) and longest > 60


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one line; none where its quotation marks do not close."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def check_columns(columns: Sequence[str]) -> Sequence[str]:
    """The columns. Raises `FileUnreadable` for too many, and for one that is twice."""
    if len(columns) > MAX_COLUMNS:
        raise FileUnreadable(
            _("The heading has more than %(limit)s columns. Is it the right file?")
            % {"limit": MAX_COLUMNS}
        )
    repeated = [name for name, count in Counter(columns).items() if name and count > 1]
    if repeated:
        raise FileUnreadable(
            _("The heading has the column “%(name)s” twice. Rename one.")
            % {"name": excerpt(repeated[0])}
        )
    return columns


def is_heading_again(
    cells: Sequence[str], columns: Sequence[str], headings: Headings
) -> bool:
    """Whether a row is a heading: the same one, or one of known names alone.

    >>> is_heading_again(["النص", "العنوان"], ["title", "body"], Headings.of())
    True
    """
    if not cells or fold_heading(cells[0]) not in headings.known:
        return False
    filled = [cell for cell in cells if cell.strip()]
    if [fold_heading(cell) for cell in cells] == [fold_heading(c) for c in columns]:
        return True
    return (
        len(filled) >= _FEWEST_KNOWN
        and len(filled) * 2 >= len(columns)
        and count_known(filled, headings.known) == len(filled)
    )


def no_heading(first: Sequence[str], known: Sequence[str]) -> FileUnreadable:
    """The error for a table without a heading, which quotes its first line."""
    return FileUnreadable(
        _(
            "No line of names of columns (a heading) was found: the first line is"
            " “%(line)s”. Write the names of the columns into the first line, for"
            " instance %(known)s, or name a column with --map. Text without columns is"
            " not read: save it as JSON Lines, as CSV or as a folder of texts."
        )
        % {"line": excerpt(" | ".join(first)), "known": "، ".join(known)}
    )
