"""What each kind of match counts beside the word family, whose weight is 1.

How the numbers were chosen is told in docs/decisions/0010-ranking.md.
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
    """What the best hits are looked at again for.

    ``kin`` are queries for words of the same root; in ``lines`` the words stand as
    in the query, those that were typed side by side in one line.
    """

    kin: tuple[q.Query, ...]
    lines: tuple[tuple[q.Query, ...], ...]
