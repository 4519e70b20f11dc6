"""What the first records of a file tell of its columns, before any is imported."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _

from archive.dates import ColumnDates
from archive.importing.fields import fold_heading
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.lookup import is_empty
from archive.importing.mapping.options import MappingError
from archive.importing.problems import Note, excerpt
from archive.importing.readers import Row

DATE: Final = "published"
BODY: Final = "body"
# Characters that a text of an article has on the average, at least.
_SHORT_TEXT: Final = 20


def learn(
    mapping: FieldMapping, rows: Sequence[Row]
) -> tuple[FieldMapping, list[Note]]:
    """The mapping with what the column of dates shows, and remarks on the columns."""
    names = {field.name for field in mapping.fields}
    mapped = [mapping.apply(row) for row in rows]
    if DATE in names:
        cells = [str(one.values.get(DATE) or "") for one in mapped]
        mapping = replace(mapping, dates=ColumnDates.of(cells))
    has_body = BODY not in names or any(
        not is_empty(one.values.get(BODY)) for one in mapped
    )
    column = "" if has_body else find_text_column(mapping, rows)
    return mapping, [Note("text_unused", BODY, {"column": column})] if column else []


def find_text_column(mapping: FieldMapping, rows: Sequence[Row]) -> str:
    """The unused column with the longest texts, if they are long; else ``""``."""
    lengths = _mean_lengths(row.columns for row in rows)
    used = mapping.used_columns(sorted({name for row in rows for name in row.columns}))
    unused = {name: mean for name, mean in lengths.items() if name not in used}
    longest = max(unused, key=lambda name: unused[name], default="")
    return longest if longest and unused[longest] >= _SHORT_TEXT else ""


def _mean_lengths(rows: Iterable[Mapping[str, object]]) -> dict[str, float]:
    lengths: defaultdict[str, list[int]] = defaultdict(list)
    for columns in rows:
        for name, value in columns.items():
            is_text = isinstance(value, str) and bool(value.strip())
            if is_text and not str(value).startswith(("http:", "https:")):
                lengths[name].append(len(str(value)))
    return {name: sum(each) / len(each) for name, each in lengths.items()}


def check_named(mapping: FieldMapping, columns: Sequence[str]) -> None:
    """Raise `MappingError` where the options name columns that the table lacks."""
    for name in mapping.unmet_fields(columns):
        wanted = mapping.rules[name][0][0].path
        by_fold = {fold_heading(column): column for column in columns}
        near = by_fold.get(fold_heading(wanted)) or next(
            iter(get_close_matches(wanted, columns, n=1)), ""
        )
        hint = _(" Is “%(near)s” meant?") % {"near": excerpt(near)} if near else ""
        raise MappingError(
            _("The file has no column “%(wanted)s” for %(field)s. It has: %(columns)s.")
            % {
                "wanted": excerpt(wanted),
                "field": name,
                "columns": "، ".join(excerpt(column) for column in columns if column),
            }
            + hint
        )
