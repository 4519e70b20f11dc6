"""Two searches side by side as CSV: articles over time, and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search.comparing.sides import SideBySide, TimeRow
from search.export.tables import write_rows

# Decimals of rates and ratios.
_DIGITS: Final = 2


def write_articles(found: SideBySide, labels: Sequence[str]) -> Iterator[str]:
    """How many articles each search, both and one alone find, with the searches."""
    rows = zip(
        [
            *labels,
            _("in both"),
            _("in the first alone"),
            _("in the second alone"),
        ],
        [*found.totals, found.both, *found.alone],
        strict=True,
    )
    cells = ([label, str(part.total), part.query_string or ""] for label, part in rows)
    headings = [_("found by"), _("articles"), _("query string")]
    yield from write_rows(chain([headings], cells))


def write_periods(found: SideBySide, labels: Sequence[str]) -> Iterator[str]:
    """The articles of each period; *labels* are the two searches in words."""
    headings = [
        pgettext("beginning of a period", "from"),
        pgettext("end of a period", "to"),
        *labels,
        _("articles held"),
    ]
    rows = [*found.periods, *([found.vague] if any(found.vague.counts) else [])]
    yield from write_rows(chain([headings], map(_period_cells, rows)))


def _period_cells(row: TimeRow) -> list[str]:
    ends = [row.period.first.iso(), row.period.last.iso()] if row.period else ["", ""]
    return [*ends, *map(str, row.counts), str(row.held)]


def write_words(found: SideBySide, labels: Sequence[str]) -> Iterator[str]:
    """The words that set each side apart, those of the first before the second's."""
    headings = [
        _("more frequent in"),
        _("word"),
        *(_("occurrences: %(search)s") % {"search": label} for label in labels),
        *(_("per 100,000 words: %(search)s") % {"search": label} for label in labels),
        "G2",
    ]
    rows = (
        [
            label,
            row.form,
            *map(str, row.counts),
            *(str(round(rate, _DIGITS)) for rate in row.rates),
            str(round(row.g2, _DIGITS)),
        ]
        for label, words in zip(labels, found.words, strict=True)
        for row in words
    )
    yield from write_rows(chain([headings], rows))
