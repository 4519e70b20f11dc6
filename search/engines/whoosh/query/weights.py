"""Weights of each kind of match beside the word family, whose weight is 1.

The numbers were chosen by measurement: docs/decisions/0010-ranking.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from whoosh import query as q

EXACT_WEIGHT: Final = 0.3
TITLE_WEIGHT: Final = 0.5
ROOT_WEIGHT: Final = 0.5
ADJACENT_WEIGHT: Final = 0.25


@dataclass(frozen=True, slots=True)
class Rescore:
    """What the best hits are scored by a second time.

    ``root_terms`` are term queries for other words of the same root. Each tuple of
    ``adjacent_terms`` holds term queries in the order in which their words stand side
    by side in the query.
    """

    root_terms: tuple[q.Query, ...]
    adjacent_terms: tuple[tuple[q.Query, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.root_terms or self.adjacent_terms)
