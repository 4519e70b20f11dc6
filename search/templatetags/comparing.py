"""``{% load comparing %}``: rates, periods and bars of pages that compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import template

from search.comparing import Cell, Frequencies, period_label, rate

register = template.Library()
register.filter("rate", rate)
register.filter("period_label", period_label)

# Units of a chart across a period, its height, and the height of the lowest bar.
PERIOD_WIDTH: Final = 10
CHART_HEIGHT: Final = 100
_LOWEST: Final = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, in its units; ``is_gap`` where nothing is held."""

    x: int
    y: float
    height: float
    is_gap: bool


@register.simple_tag
def bars_of(found: Frequencies, at: int) -> list[Bar]:
    """The bars of the word number *at*, a period each, on the scale of all words."""
    return [
        _bar(number_, row.cells[at], is_gap=not row.tokens)
        for number_, row in enumerate(found.periods)
    ]


def _bar(at: int, cell: Cell, *, is_gap: bool) -> Bar:
    height = max(cell.share, _LOWEST) if cell.occurrences else 0.0
    if is_gap:
        height = CHART_HEIGHT
    height = round(height, 1)
    return Bar(at * PERIOD_WIDTH, round(CHART_HEIGHT - height, 1), height, is_gap)


@register.simple_tag
def chart_width(found: Frequencies) -> int:
    """The width of the chart in its units."""
    return max(1, len(found.periods)) * PERIOD_WIDTH


@register.filter
def unlocalized(value: float) -> str:
    """A number of a drawing, with a point in every language.

    >>> unlocalized(12.50), unlocalized(7)
    ('12.5', '7')
    """
    return f"{value:.1f}".removesuffix(".0")
