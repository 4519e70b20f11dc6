"""Patterns of words, as readers write them: * for any letters, ? for one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from search.arabic.normalize import fold

_WILDCARDS: Final = {"*": ".*", "?": "."}
_PIECE_RE: Final = re.compile(r"[*?]|[^*?]+")
_CACHED: Final = 256


def fold_pattern(pattern: str) -> str:
    """*pattern* with its letters folded, as surface forms are.

    >>> fold_pattern("مُك*ةٌ")
    'مك*ه'
    """
    return "".join(
        piece if piece in _WILDCARDS else fold(piece)
        for piece in _PIECE_RE.findall(pattern)
    )


@lru_cache(_CACHED)
def compile_pattern(folded: str) -> re.Pattern[str]:
    """An expression for the surface forms that a folded pattern stands for.

    >>> bool(compile_pattern("مك?ب*").fullmatch("مكتبه"))
    True
    """
    # Neighboring asterisks mean one; several would be tried in every combination.
    single = re.sub(r"\*+", "*", folded)
    return re.compile(
        "".join(
            _WILDCARDS.get(piece, re.escape(piece))
            for piece in _PIECE_RE.findall(single)
        )
    )
