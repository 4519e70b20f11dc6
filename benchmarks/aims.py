"""The ratios that the engine is to reach beside each peer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

COLD: Final = "cold"
INDEXING: Final = "indexing"
BYTES: Final = "bytes"


@dataclass(frozen=True, slots=True)
class Aim:
    """The least ratios of *peer* to *ours*: of times, and of bytes of the index.

    ``hot`` is for the median of each class of questions, except those in ``but``.
    0 means no aim.
    """

    ours: str
    peer: str
    hot: float
    cold: float
    indexing: float = 0.0
    bytes: float = 0.0
    but: Mapping[str, float] = field(default_factory=dict)

    def of(self, column: str) -> float:
        """The aim for a class of questions, or for one of the constants above."""
        others = {COLD: self.cold, INDEXING: self.indexing, BYTES: self.bytes}
        return others.get(column, self.but.get(column, self.hot))


_FAMILY: Final = "sijill-family"
_FULL: Final = "sijill"
# At most the peer's time, three times it, and eight times it.
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
# The greatest ratio of bytes of the index to bytes of the text.
SHARE_OF_TEXT: Final = 0.5
