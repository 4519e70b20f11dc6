"""The summary of an import, as JSON and as text."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.importing.run import ImportCounts
from archive.importing.writing import Result

# Labels of the counts, in the order of printing.
LABELS: Final[Mapping[str, Promise]] = {
    "read": pgettext_lazy("import summary", "read"),
    "added": pgettext_lazy("import summary", "added"),
    "updated": pgettext_lazy("import summary", "updated"),
    "unchanged": pgettext_lazy("import summary", "unchanged"),
    "refused": pgettext_lazy("import summary", "refused"),
    "warnings": pgettext_lazy("import summary", "remarks"),
    "sources_added": pgettext_lazy("import summary", "sources added"),
    "topics_added": pgettext_lazy("import summary", "topics added"),
    "actors_added": pgettext_lazy("import summary", "actors added"),
    "seconds": pgettext_lazy("import summary", "seconds"),
    "records_per_second": pgettext_lazy("import summary", "records a second"),
}

COLUMN_LABELS: Final[Mapping[str, Promise]] = {
    "unused_columns": _("unused columns: %(names)s"),
    "missing_columns": _("columns that no record has: %(names)s"),
}


def build_summary(
    counts: ImportCounts, *, seconds: float, names_added: Mapping[str, int]
) -> dict[str, object]:
    """The counts of an import as JSON values."""
    return {
        "read": counts.read,
        **{result.value: counts.results[result] for result in Result},
        "warnings": counts.warnings,
        **names_added,
        "seconds": round(seconds, 1),
        "records_per_second": round(counts.read / seconds) if seconds else 0,
        "last_line": counts.line,
        "by_code": dict(counts.codes.most_common()),
        "unused_columns": sorted(counts.unused_columns),
        "missing_columns": sorted(counts.missing_columns),
    }


def write_summary(summary: Mapping[str, object]) -> Iterator[str]:
    """The lines of the printed summary.

    >>> list(write_summary({"read": 2, "by_code": {}, "unused_columns": ["hijri"]}))[1:]
    ['unused columns: hijri']
    """
    for name, label in LABELS.items():
        if name in summary:
            yield f"{label}: {summary[name]}"
    codes = summary["by_code"]
    if isinstance(codes, dict):
        for code, count in codes.items():
            yield f"    {code}: {count}"
    for name, message in COLUMN_LABELS.items():
        columns = summary.get(name)
        if isinstance(columns, list) and columns:
            yield message % {"names": ", ".join(columns)}
