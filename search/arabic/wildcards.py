"""Wildcards in terms: ``*`` stands for any letters or none, ``?`` for one letter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from search.arabic.normalize import fold, fold_prefix

_WILDCARDS: Final = frozenset("*?")
# Compiled patterns, at some 700 bytes each.
_CACHED: Final = 256


def fold_pattern(pattern: str) -> str:
    """*pattern* with its letters folded as in surface forms; wildcards stay.

    >>> fold_pattern("مُك*ةٌ"), fold_pattern("شي?ء*")
    ('مك*ه', 'شي?ء*')
    """
    *parts, last = re.split(r"([*?])", pattern)
    folded = [part if part in _WILDCARDS else fold_prefix(part) for part in parts]
    return "".join((*folded, fold(last)))


@lru_cache(_CACHED)
def compile_pattern(folded: str) -> re.Pattern[str]:
    """The regular expression of a folded pattern, for ``fullmatch`` of surface forms.

    >>> bool(compile_pattern("مك?ب*").fullmatch("مكتبه"))
    True
    >>> bool(compile_pattern("*ا*ه").fullmatch("المكتبه"))
    True
    """
    beginning, *others = (_expression(part) for part in re.split(r"\*+", folded))
    if not others:
        return re.compile(beginning)
    *middle, end = others
    # Atomic groups never backtrack, or many asterisks would take exponential time. They
    # miss nothing: the first match of a part leaves most room for the next ones.
    between = "".join(f"(?>.*?{part})" for part in middle if part)
    return re.compile(f"{beginning}{between}.*{end}")


def _expression(part: str) -> str:
    return "".join("." if char == "?" else re.escape(char) for char in part)
