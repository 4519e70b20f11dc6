"""What the engine is to reach beside each peer, and whether it does.

Public: `AIMS`, `Aim`, `COLD`, `INDEXING`, `BYTES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

COLD: Final = "cold"
INDEXING: Final = "indexing"
BYTES: Final = "bytes"


@dataclass(frozen=True, slots=True)
class Aim:
    """How many times as much *peer* is to take as *ours*, at least.

    ``hot`` is for the median of each class but those in ``but``; the others by name.
    """

    ours: str
    peer: str
    hot: float
    cold: float
    indexing: float = 0.0
    bytes: float = 0.0
    but: Mapping[str, float] = field(default_factory=dict)

    def of(self, column: str) -> float:
        """The aim for a class, or for what else is compared; 0 where there is none."""
        others = {COLD: self.cold, INDEXING: self.indexing, BYTES: self.bytes}
        return others.get(column, self.but.get(column, self.hot))


_FAMILY: Final = "sijill-family"
_FULL: Final = "sijill"
# What takes no longer than the peer, and three and eight times as long at most.
_NO_SLOWER: Final = 1.0
_THRICE: Final = 1 / 3
_EIGHTFOLD: Final = 1 / 8

AIMS: Final = (
    Aim(_FAMILY, "haystack", hot=500, cold=50),
    Aim(
        _FAMILY,
        "fts5",
        hot=10,
        cold=_THRICE,
        but={"rare": _NO_SLOWER, "phrase": _NO_SLOWER},
    ),
    Aim(_FAMILY, "tantivy", hot=_NO_SLOWER, cold=_EIGHTFOLD),
    Aim(_FULL, "haystack", hot=200, cold=50, indexing=12, bytes=5),
    Aim(_FULL, "fts5", hot=4, cold=_THRICE, indexing=1.2),
    Aim(_FULL, "tantivy", hot=_THRICE, cold=_EIGHTFOLD, indexing=1, bytes=1 / 2.5),
)
# Bytes of the index to those of the text, at most.
SHARE_OF_TEXT: Final = 0.5
