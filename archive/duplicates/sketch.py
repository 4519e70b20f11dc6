"""Sketches of texts: texts that are alike, or of which one is in the other, share keys.

A text is the set of its runs of three words, letters folded as the search folds them.
Its sketch are the hashes of its runs of five words that are below a limit, one in 48,
and of a short text the least ones ("mod p" and bottom-k sampling: Broder, "On the
Resemblance and Containment of Documents", 1997). What is chosen depends on the run
alone, so that a passage has the same keys wherever it stands: a text that is printed
again within a longer one shares its keys with it, as an altered copy does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from archive.duplicates.words import Hashes, Words, hash_words, mix

# Words of a run that is compared, and of one that is a key.
RUN: Final = 3
KEY_RUN: Final = 5
# Runs of the shortest text that may be nearly the same: notes of a line are alike by
# chance.
FEWEST_RUNS: Final = 10
# A text has at least so many keys, and one for so many runs.
FEWEST_KEYS: Final = 6
RUNS_A_KEY: Final = 48

_LIMIT: Final = np.uint64(2**64 // RUNS_A_KEY)
_WEIGHTS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The hashes of the runs of a text, and its keys.

    ``runs``: uint64[n_runs], in the order of the text. ``keys``: distinct signed
    numbers of 64 bits; the one of a short text is shared with the same text alone.
    """

    runs: Hashes
    keys: list[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common, as shares from 0 to 1.

    ``likeness`` is Jaccard's index of their runs, ``contained`` the share of the runs
    of the shorter text that the longer one has; ``runs`` are those of the shorter one.
    """

    likeness: float = 0.0
    contained: float = 0.0
    runs: int = 0


def read_sketches(texts: Iterable[str]) -> Iterator[Sketch]:
    """The sketch of each text, in their order.

    >>> one, other = read_sketches(["زار الوفدُ مدينة بغداد", "زار الوفد مدينه بغداد"])
    >>> len(one.runs), one.keys == other.keys
    (2, True)
    """
    for words in hash_words(texts):
        yield from _read_chunk(words)


def _read_chunk(words: Words) -> Iterator[Sketch]:
    """The sketches of some texts; runs from one text into the next are left out."""
    hashes, bounds = words.hashes, words.bounds
    count = max(len(hashes) - RUN + 1, 0)
    runs = np.zeros(count, np.uint64)
    for place, weight in enumerate(_WEIGHTS):
        runs += hashes[place : place + count] * weight
    runs = mix(runs)
    # A longer run is two shorter ones.
    apart = KEY_RUN - RUN
    long_runs = mix(runs[:-apart] * _WEIGHTS[0] + runs[apart:] * _WEIGHTS[1])
    low = np.flatnonzero(long_runs < _LIMIT)
    begins = np.searchsorted(low, bounds[:-1])
    ends = np.searchsorted(low, bounds[1:] - KEY_RUN, side="right")
    places = (bounds[:-1], bounds[1:], begins, ends)
    for start, end, begin, stop in zip(
        *(each.tolist() for each in places), strict=True
    ):
        own = runs[start : max(start, end - RUN + 1)]
        if stop - begin >= FEWEST_KEYS:
            keys = long_runs[low[begin:stop]]
        elif len(own) >= FEWEST_RUNS:
            keys = _least(long_runs[start : end - KEY_RUN + 1])
        else:
            # One for all runs together, none without runs.
            keys = np.bitwise_xor.reduce(mix(own), keepdims=True)[: len(own)]
        yield Sketch(own, list(dict.fromkeys(keys.view(np.int64).tolist())))


def _least(hashes: Hashes) -> Hashes:
    """The FEWEST_KEYS least ones, or all where there are fewer."""
    if len(hashes) <= FEWEST_KEYS:
        return hashes
    return np.partition(hashes, FEWEST_KEYS - 1)[:FEWEST_KEYS]


def distinct_runs(runs: Hashes) -> Hashes:
    """The runs of a text once each, sorted: uint64[n]."""
    runs = np.sort(runs)
    is_first = np.ones(len(runs), bool)
    np.not_equal(runs[1:], runs[:-1], out=is_first[1:])
    return runs[is_first]


def compare(one: Hashes, other: Hashes) -> Overlap:
    """What two texts have in common, by their distinct runs; nothing with an empty one.

    >>> texts = ["قال الكاتب إن المطر نزل", "قال الكاتب إن المطر نزل ثم توقف أمس"]
    >>> compare(*(distinct_runs(sketch.runs) for sketch in read_sketches(texts)))
    Overlap(likeness=0.5, contained=1.0, runs=3)
    """
    shorter = min(len(one), len(other))
    if not shorter:
        return Overlap()
    both = np.concatenate((one, other))
    both.sort()
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    either = len(one) + len(other) - common
    return Overlap(common / either, common / shorter, shorter)
