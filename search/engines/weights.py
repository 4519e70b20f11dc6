"""Weights of each kind of match beside the word family, whose weight is 1.

The numbers were chosen by measurement: docs/decisions/0010-ranking.md.
"""

from __future__ import annotations

from typing import Final

EXACT_WEIGHT: Final = 0.3
TITLE_WEIGHT: Final = 0.5
ROOT_WEIGHT: Final = 0.5
STEM_WEIGHT: Final = 0.8
# Of forms that are likeliest of the word that was chosen by its vowels.
LIKELIEST_WEIGHT: Final = 2.0
# Letters of a light stem by which hits are ranked.
SHORTEST_STEM: Final = 3
ADJACENT_WEIGHT: Final = 0.25
