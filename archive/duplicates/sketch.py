"""Sketches of texts by MinHash: texts that are alike have buckets in common.

A text is the set of its runs of three words, letters folded as the search folds them;
how alike two texts are is Jaccard's index of their sets. A sketch has for each of 36
bins the least hash of the runs that fall into it (Li, Owen and Zhang, "One Permutation
Hashing", 2012); an empty bin takes that of another one (Shrivastava, "Optimal
Densification for Fast and Accurate Minwise Hashing", 2017). Three bins together make
the key of a bucket: of two texts of likeness J, one of the twelve is the same with
probability 1 - (1 - J³)¹².
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.utils.module_loading import import_string

# Sorted and distinct hashes of the runs of a text: uint64[n_runs].
Runs = npt.NDArray[np.uint64]
_Hashes = npt.NDArray[np.uint64]

RUN: Final = 3
# Runs of the shortest text that may be nearly the same: notes of a line are alike by
# chance.
FEWEST_RUNS: Final = 10
BANDS: Final = 12
_ROWS: Final = 3
_BINS: Final = BANDS * _ROWS
# Characters of a text that are looked at: 30 printed pages.
LONGEST: Final = 60_000

# What the table of letters has for characters that are no letters.
_DROPPED, _SEPARATOR = 0, 1
_TABLE_SIZE: Final = 0x10000
# Letters that the search folds: Latin, Arabic with its supplements. Ligatures and
# presentation forms are normalized before.
_FOLDED: Final = (*range(0x250), *range(0x600, 0x900))
# Signs within words that are no part of their spelling.
_SIGNS: Final = "'’‘`ʼʿʾ\N{ARABIC TATWEEL}\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}"
_PRESENTATION: Final = "\N{ARABIC LETTER ALEF WASLA ISOLATED FORM}"

_WEIGHTS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64
)
# A word is a number in this base, an odd one, and its inverse modulo 2⁶⁴.
_BASE: Final = 0xD6E8FEB86659FD93
_INVERSE: Final = pow(_BASE, -1, 2**64)
_NONE: Final = np.uint64(2**32)
_LOW: Final = np.uint64(2**32 - 1)
_HALF: Final = np.uint64(32)


def read_runs(text: str) -> Runs:
    """The hashes of the runs of three words of *text*; empty for fewer words.

    >>> one = read_runs("زار الوفدُ مدينة بغداد")
    >>> len(one), compare_runs(one, read_runs("زار الوفد مدينه بغداد"))
    (2, 1.0)
    """
    words = _hash_words(text[:LONGEST])
    count = len(words) - RUN + 1
    if count < 1:
        return np.empty(0, np.uint64)
    total = np.zeros(count, np.uint64)
    for place, weight in enumerate(_WEIGHTS):
        total = _mix(total + words[place : place + count] * weight)
    total.sort()
    is_first = np.ones(count, bool)
    np.not_equal(total[1:], total[:-1], out=is_first[1:])
    return total[is_first]


def _hash_words(text: str) -> _Hashes:
    """The hashes of the folded words of *text*: uint64[n_words]."""
    if max(text, default="") >= _PRESENTATION:
        text = unicodedata.normalize("NFKC", text)
    coded = text.encode("utf-32-le", errors="surrogatepass")
    codes = np.minimum(np.frombuffer(coded, "<u4"), _TABLE_SIZE - 1)
    letters = _letter_table()[codes]
    letters = letters[letters != _DROPPED]
    inside = np.zeros(len(letters) + 2, np.int8)
    inside[1:-1] = letters > _SEPARATOR
    edges = np.diff(inside)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    powers, inverses = _powers()
    if len(letters) >= len(powers):
        # Normalized ligatures have made it longer.
        return _hash_words(text[: LONGEST // 4])
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(_mixed_letters()[letters] * powers[: len(letters)], out=sums[1:])
    return _mix((sums[ends] - sums[starts]) * inverses[starts])


@cache
def _letter_table() -> npt.NDArray[np.uint16]:
    """What each character is folded to: uint16[_TABLE_SIZE]."""
    fold: Callable[[str], str] = import_string(settings.TEXT_FOLD)
    table = np.full(_TABLE_SIZE, _SEPARATOR, np.uint16)
    for code in range(_TABLE_SIZE):
        char = chr(code)
        if char in _SIGNS or unicodedata.category(char) in ("Mn", "Cf"):
            table[code] = _DROPPED
        elif char.isalnum():
            lower = char.lower()
            table[code] = ord(lower) if len(lower) == 1 else code
    for code in _FOLDED:
        folded = fold(chr(code)) if table[code] > _SEPARATOR else ""
        if len(folded) == 1:
            table[code] = ord(folded)
    return table


@cache
def _mixed_letters() -> _Hashes:
    return _mix(np.arange(_TABLE_SIZE, dtype=np.uint64) + _WEIGHTS[0])


@cache
def _powers() -> tuple[_Hashes, _Hashes]:
    """The powers of the base and of its inverse, from 0 to above LONGEST."""
    both = []
    for base in (_BASE, _INVERSE):
        factors = np.full(2 * LONGEST, base, np.uint64)
        factors[0] = 1
        both.append(np.cumprod(factors, dtype=np.uint64))
    return both[0], both[1]


def compare_runs(one: Runs, other: Runs) -> float:
    """Jaccard's index of two texts, 0 where either is empty."""
    if not len(one) or not len(other):
        return 0.0
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)


def find_buckets(runs: Runs) -> list[int]:
    """The keys of the buckets of a text, signed numbers of 64 bits.

    A short text has one, which it shares with the same text alone.
    """
    if not len(runs):
        return []
    if len(runs) < FEWEST_RUNS:
        return [int(np.bitwise_xor.reduce(_mix(runs)).view(np.int64))]
    bands = _least(runs).reshape(BANDS, _ROWS)
    keys = np.arange(BANDS, dtype=np.uint64)
    for row in range(_ROWS):
        keys = _mix(keys * _WEIGHTS[0] + bands[:, row])
    return [int(key) for key in keys.view(np.int64)]


def _least(runs: Runs) -> npt.NDArray[np.uint64]:
    """The least hash of each bin: uint64[_BINS], less than 2³²."""
    bins = ((runs >> _HALF) * np.uint64(_BINS) >> _HALF).astype(np.int64)
    least = np.full(_BINS, _NONE)
    np.minimum.at(least, bins, runs & _LOW)
    filled = least != _NONE
    found = least.copy()
    empty, attempt = np.flatnonzero(~filled), 0
    while len(empty):
        attempt += 1
        asked = empty.astype(np.uint64) * _WEIGHTS[1] + np.uint64(attempt)
        lender = (_mix(asked) % np.uint64(_BINS)).astype(np.int64)
        lends = filled[lender]
        found[empty[lends]] = least[lender[lends]]
        empty = empty[~lends]
    return found


def _mix(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finalizer of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
