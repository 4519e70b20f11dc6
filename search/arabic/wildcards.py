"""Patterns of words, as readers write them: * for any letters, ? for one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from search.arabic.normalize import fold, fold_prefix

_WILDCARDS: Final = frozenset("*?")
_CACHED: Final = 256


def fold_pattern(pattern: str) -> str:
    """*pattern* with its letters folded, as surface forms are.

    >>> fold_pattern("مُك*ةٌ"), fold_pattern("شي?ء*")
    ('مك*ه', 'شي?ء*')
    """
    *beginnings, last = re.split(r"([*?])", pattern)
    folded = [
        piece if piece in _WILDCARDS else fold_prefix(piece) for piece in beginnings
    ]
    return "".join((*folded, fold(last)))


@lru_cache(_CACHED)
def compile_pattern(folded: str) -> re.Pattern[str]:
    """An expression for the surface forms that a folded pattern stands for.

    >>> bool(compile_pattern("مك?ب*").fullmatch("مكتبه"))
    True
    >>> bool(compile_pattern("*ا*ه").fullmatch("المكتبه"))
    True
    """
    beginning, *others = (_expression(part) for part in re.split(r"\*+", folded))
    if not others:
        return re.compile(beginning)
    *middle, end = others
    # Where a piece is first found is as good as any: nothing is tried again.
    between = "".join(f"(?>.*?{piece})" for piece in middle if piece)
    return re.compile(f"{beginning}{between}.*{end}")


def _expression(part: str) -> str:
    return "".join("." if char == "?" else re.escape(char) for char in part)
