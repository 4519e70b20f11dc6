"""Weights of each kind of match beside the word family, whose weight is 1.

The numbers were chosen by measurement: docs/decisions/0010-ranking.md.
"""

from __future__ import annotations

from typing import Final

EXACT_WEIGHT: Final = 0.3
TITLE_WEIGHT: Final = 0.5
ROOT_WEIGHT: Final = 0.5
STEM_WEIGHT: Final = 0.8
# Letters of a light stem by which hits are ranked.
SHORTEST_STEM: Final = 3
ADJACENT_WEIGHT: Final = 0.25
