"""The edit distance of two words, and the cost of a typo.

Both are the optimal string alignment distance, also called restricted
Damerau-Levenshtein distance: insertions, deletions, substitutions and transpositions
of neighbors (Damerau 1964), no substring edited twice, computed row by row (Wagner and
Fischer 1974). It is symmetric; the triangle inequality does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from search.arabic.families import asked_family, base_of, family
from search.arabic.lexicon.unknown import without_article
from search.arabic.normalize import fold

# Letters that sound alike, look alike or lie side by side on an Arabic keyboard, as
# surface forms have them: letters that folding makes one cannot be confused. Collected
# for this project.
_CONFUSED: Final = (
    "هت", "يا", "ضظ", "ذدز", "سصث", "تط", "ثت", "قكغ", "حهخ", "جشغ", "ءاعي",
    "بتن", "رز", "فق", "لا", "وء", "يء", "كم", "نم", "طظ", "عغ", "دج",
)  # fmt: skip
_SMALL_COST: Final = 0.5
_CONFUSED_PAIRS: Final = frozenset(
    frozenset((letter, other))
    for group in _CONFUSED
    for letter in group
    for other in group
    if letter != other
)

# The cost of writing one letter for another.
_Substitution = Callable[[str, str], float]
# The cost of a letter that only one word has, given the letter before it there.
_Gap = Callable[[str, str], float]


def edit_distance(source: str, target: str) -> int:
    """The least number of edits that turn *source* into *target*.

    >>> edit_distance("كاظمي", "كاضمي"), edit_distance("مكتب", "مكبت")
    (1, 1)
    >>> edit_distance("كتاب", "كتاب")
    0
    """
    source, target = _trim(source, target)
    return int(_align(source, target, lambda a, b: 1.0, lambda letter, before: 1.0))


def is_within(source: str, target: str, edits: int) -> bool:
    """Whether *source* and *target* are at most *edits* apart.

    >>> is_within("كاظمي", "كاضمي", 1), is_within("كتاب", "كتب", 0)
    (True, False)
    """
    # Lower bounds that cost little: an edit changes the length by one letter at most,
    # and the letters that the other word lacks.
    return (
        abs(len(source) - len(target)) <= edits
        and len(set(source).difference(target)) <= edits
        and len(set(target).difference(source)) <= edits
        and edit_distance(source, target) <= edits
    )


def is_near(form: str, word: str, edits: int) -> bool:
    """Whether a display form, or a lemma of it, is at most *edits* from a word or its.

    *word* is a surface form.

    >>> is_near("والكاظمي", "كاضمي", 1), is_near("والكاظمي", "كاتب", 1)
    (True, False)
    """
    return is_within(fold(form), word, edits) or any(
        is_within(base_of(lemma), base, most)
        for lemma in family(form).lemmas
        for base, most in near_bases(word, edits).items()
    )


def near_bases(word: str, edits: int) -> dict[str, int]:
    """What lemmas are compared with that are near *word*, and how near they must be.

    They are the word and its lemmas. Letters that a lemma lacks, but for the article,
    may be the misspelled ones, and each is an edit less: كاضمي could be ك and اضم, from
    which اسم is one edit away.

    >>> near_bases("والكاظمي", 1)
    {'كاظمي': 1, 'والكاظمي': 1}
    >>> near_bases("كاضمي", 1)
    {'اضم': 0, 'كاضمي': 1}
    """
    letters = len(without_article(word))
    bases = {
        base: max(edits - max(letters - len(base), 0), 0)
        for base in map(base_of, asked_family(word).lemmas)
    }
    return bases | {word: edits}


def _trim(source: str, target: str) -> tuple[str, str]:
    """Two words without their common prefix and suffix, which cost no edit."""
    start = _common_prefix(source, target)
    source, target = source[start:], target[start:]
    end = _common_prefix(source[::-1], target[::-1])
    return source[: len(source) - end], target[: len(target) - end]


def _common_prefix(first: str, second: str) -> int:
    """The length of the common prefix of two words."""
    for length, (letter, other) in enumerate(zip(first, second, strict=False)):
        if letter != other:
            return length
    return min(len(first), len(second))


def typo_cost(source: str, target: str) -> float:
    """The edit distance with half the cost for confused and for doubled letters.

    >>> typo_cost("كاظمي", "كاضمي"), typo_cost("كاظمي", "كالمي")
    (0.5, 1.0)
    >>> typo_cost("استقلالل", "استقلال"), typo_cost("كتاب", "كتاب")
    (0.5, 0.0)
    """
    return _align(
        source,
        target,
        lambda a, b: _SMALL_COST if frozenset((a, b)) in _CONFUSED_PAIRS else 1.0,
        lambda letter, before: _SMALL_COST if letter == before else 1.0,
    )


def _align(source: str, target: str, substitute: _Substitution, gap: _Gap) -> float:
    """The cost of the cheapest alignment; a transposition costs 1."""
    before: list[float] = []
    row = [0.0]
    for j, wanted in enumerate(target):
        row.append(row[-1] + gap(wanted, target[j - 1] if j else ""))
    for i, letter in enumerate(source, start=1):
        deletion = gap(letter, source[i - 2] if i > 1 else "")
        before_last, before = before, row
        row = [before[0] + deletion]
        for j, wanted in enumerate(target, start=1):
            cost = 0.0 if letter == wanted else substitute(letter, wanted)
            insertion = gap(wanted, target[j - 2] if j > 1 else "")
            best = min(
                before[j] + deletion, row[j - 1] + insertion, before[j - 1] + cost
            )
            if i > 1 and j > 1 and letter == target[j - 2] and source[i - 2] == wanted:
                best = min(best, before_last[j - 2] + 1)
            row.append(best)
    return row[-1]
