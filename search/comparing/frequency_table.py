"""Frequencies as CSV: a row for each month, source and word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _

from archive.dates import PartialDate
from archive.models import Source
from search.comparing.frequency import PER, Frequencies
from search.date_keys import MONTHS_OF_YEAR
from search.export.tables import write_rows

# Names of the columns for programs.
_NAMES = (
    "month",
    "source",
    "articles",
    "words_held",
    "asked_for",
    "occurrences",
    "per_100000",
)


def write_frequencies(found: Frequencies) -> Iterator[str]:
    """The table for spreadsheets: what is held and found, in months of each source."""
    headings = [
        _("month"),
        _("source"),
        _("articles"),
        _("words held"),
        _("asked for"),
        _("occurrences"),
        _("per 100,000 words"),
    ]
    rows = (map(str, record.values()) for record in iter_records(found))
    yield from write_rows(chain([headings], rows))


def iter_records(found: Frequencies) -> Iterator[dict[str, str | int | float]]:
    """A record for each month, source and word, by month.

    ``month`` is as precise as the dates are: ``1923-05``, ``1923`` or empty.
    """
    held = sorted(found.held, key=lambda row: (row.month, row.source))
    pks = {int(row.source) for row in held if row.source.isdecimal()}
    names = {
        str(pk): name
        for pk, name in Source.objects.filter(pk__in=pks).values_list("pk", "name_ar")
    }
    for row in held:
        for series, count in zip(found.series, row.occurrences, strict=True):
            rate = round(count * PER / row.tokens, 2) if row.tokens else ""
            values = (
                _iso(row.month),
                names.get(row.source, ""),
                row.articles,
                row.tokens,
                series.text,
                count,
                rate,
            )
            yield dict(zip(_NAMES, values, strict=True))


def _iso(month: int) -> str:
    if not month:
        return ""
    year, number = divmod(month, MONTHS_OF_YEAR)
    return PartialDate(year, number or None).iso()
