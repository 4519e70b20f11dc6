"""``{% load comparing %}``: rates, periods and bars of pages that compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django import template

from archive.addresses import reverse_cached
from search.comparing import Frequencies, SideBySide, period_label, prefix_pairs, rate

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
        _bar(place, row.cells[at].share, is_gap=not row.tokens)
        for place, row in enumerate(found.periods)
    ]


@register.simple_tag
def time_bars(found: SideBySide, side: int) -> list[Bar]:
    """The bars of a search, a period each, on the scale of both searches."""
    return [
        _bar(place, row.shares[side], is_gap=not row.held)
        for place, row in enumerate(found.periods)
    ]


def _bar(place: int, share: float, *, is_gap: bool) -> Bar:
    height = max(share, _LOWEST) if share else 0.0
    if is_gap:
        height = CHART_HEIGHT
    height = round(height, 1)
    return Bar(place * PERIOD_WIDTH, round(CHART_HEIGHT - height, 1), height, is_gap)


@register.simple_tag
def chart_width(found: Frequencies | SideBySide) -> int:
    """The width of the chart in its units."""
    return max(1, len(found.periods)) * PERIOD_WIDTH


@register.filter
def unlocalized(value: float) -> str:
    """A number of a drawing, with a point in every language.

    >>> unlocalized(12.50), unlocalized(7)
    ('12.5', '7')
    """
    return f"{value:.1f}".removesuffix(".0")


@register.simple_tag
def compare_address(query_string: str) -> str:
    """The address of the page that compares the search of *query_string*."""
    pairs = prefix_pairs("a", parse_qsl(query_string))
    return f"{reverse_cached('search:compare')}?{urlencode([*pairs])}"
