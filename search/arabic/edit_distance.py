"""How far apart two words are in writing: edits, and what slips they look like.

The distance is optimal string alignment (Damerau 1964): letters put in, left out,
taken for one another, and neighbors exchanged. The cost of a spelling slip is the
same with small change for letters that Arabic writers do confuse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

# Letters that sound alike, look alike or lie side by side on an Arabic keyboard, as
# surface forms have them: what folding has made one letter cannot be confused.
_CONFUSED: Final = (
    "هت", "يا", "ضظ", "ذدز", "سصث", "تط", "ثت", "قكغ", "حهخ", "جشغ", "ءاعي",
    "بتن", "رز", "فق", "لا", "وء", "يء", "كم", "نم", "طظ", "عغ", "دج",
)  # fmt: skip
_SMALL: Final = 0.5
_PAIRS: Final = frozenset(
    frozenset((one, other))
    for group in _CONFUSED
    for one in group
    for other in group
    if one != other
)

Substitution = Callable[[str, str], float]
# What a letter costs that only one of two words has, with the letter before it there.
Gap = Callable[[str, str], float]


def edit_distance(one: str, other: str) -> int:
    """The least number of edits that make *one* the *other*.

    >>> edit_distance("كاظمي", "كاضمي"), edit_distance("مكتب", "مكبت")
    (1, 1)
    """
    one, other = _trim(one, other)
    return int(_align(one, other, lambda a, b: 1.0, lambda letter, before: 1.0))


def _trim(one: str, other: str) -> tuple[str, str]:
    """What is left of two words without what they begin and end with alike.

    That takes as many edits as the whole words.
    """
    start = _count_alike(one, other)
    one, other = one[start:], other[start:]
    end = _count_alike(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _count_alike(one: str, other: str) -> int:
    """With how many letters in common both begin."""
    for at, (letter, wanted) in enumerate(zip(one, other, strict=False)):
        if letter != wanted:
            return at
    return min(len(one), len(other))


def typo_cost(one: str, other: str) -> float:
    """The edits from *one* to the *other*; confused and doubled letters are half.

    >>> typo_cost("كاظمي", "كاضمي"), typo_cost("كاظمي", "كالمي")
    (0.5, 1.0)
    >>> typo_cost("استقلالل", "استقلال")
    0.5
    """
    return _align(
        one,
        other,
        lambda a, b: _SMALL if frozenset((a, b)) in _PAIRS else 1.0,
        lambda letter, before: _SMALL if letter == before else 1.0,
    )


def _align(one: str, other: str, substitute: Substitution, gap: Gap) -> float:
    before: list[float] = []
    row = [0.0]
    for j, wanted in enumerate(other):
        row.append(row[-1] + gap(wanted, other[j - 1] if j else ""))
    for i, letter in enumerate(one, start=1):
        left_out = gap(letter, one[i - 2] if i > 1 else "")
        before_last, before = before, row
        row = [before[0] + left_out]
        for j, wanted in enumerate(other, start=1):
            cost = 0.0 if letter == wanted else substitute(letter, wanted)
            put_in = gap(wanted, other[j - 2] if j > 1 else "")
            best = min(before[j] + left_out, row[j - 1] + put_in, before[j - 1] + cost)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, before_last[j - 2] + 1)
            row.append(best)
    return row[-1]
