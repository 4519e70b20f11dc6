"""How the archive prints a surface form: المقاومة where the index has المقاومه."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from search.arabic import letters as l
from search.engines.whoosh.inversion import narrow
from search.engines.whoosh.lexicon import Lexicon, pack_strings
from search.engines.whoosh.segment_file import Array, SegmentFile

# Letters that hasty print leaves bare.
_CAREFUL: Final = frozenset(
    l.ALEF_HAMZA_ABOVE
    + l.ALEF_HAMZA_BELOW
    + l.ALEF_MADDA
    + l.WAW_HAMZA
    + l.YEH_HAMZA
    + l.TEH_MARBUTA
)
# In no word.
_TAB: Final = "\t"


def choose_spellings(
    words: Iterable[tuple[str, str, int]],
) -> dict[str, str]:
    """The commonest spelling of each surface form, where it is not the form itself.

    *words* are surface forms, each with a spelling and how often it is printed so.
    Of equals the one with its hamzas and its ة is chosen.

    >>> choose_spellings([("سنه", "سنة", 9), ("سنه", "سنه", 2), ("قلم", "قلم", 1)])
    {'سنه': 'سنة'}
    """
    counts: dict[str, int] = {}
    for surface, spelling, count in words:
        key = f"{surface}{_TAB}{spelling}"
        counts[key] = counts.get(key, 0) + count
    best: dict[str, str] = {}
    for key, count in counts.items():
        surface, spelling = key.split(_TAB)
        held = best.setdefault(surface, spelling)
        if held == spelling:
            continue
        held_count = counts[f"{surface}{_TAB}{held}"]
        if _rank(count, spelling) > _rank(held_count, held):
            best[surface] = spelling
    return {surface: one for surface, one in best.items() if one != surface}


def _rank(count: int, spelling: str) -> tuple[int, int, str]:
    return count, _count_careful(spelling), spelling


def _count_careful(spelling: str) -> int:
    return sum(letter in _CAREFUL for letter in spelling)


def pack_spellings(
    name: str, terms: Sequence[str], spellings: Mapping[str, str]
) -> dict[str, Array]:
    """The sections of the *spellings* of the field *name* with the sorted *terms*.

    spelled    the ordinals of the terms that are printed otherwise, ascending
    spellings  how each of them is printed
    """
    spelled = [at for at, term in enumerate(terms) if term in spellings]
    return {
        f"{name}/spelled": narrow(np.array(spelled, np.int64)),
        **pack_strings(
            f"{name}/spellings", [spellings[terms[at]].encode() for at in spelled]
        ),
    }


class Spellings:
    """The spelling of each term of a field in one segment."""

    def __init__(self, file: SegmentFile, name: str, terms: Lexicon) -> None:
        self._terms = terms
        self._spelled = file.array(f"{name}/spelled")
        self._spellings = Lexicon(file, f"{name}/spellings")

    def __iter__(self) -> Iterator[str]:
        """The spellings of all terms in their order."""
        spelled = dict(zip(self._spelled.tolist(), self._spellings, strict=True))
        for ordinal, term in enumerate(self._terms):
            yield spelled.get(ordinal, term).decode()

    def __getitem__(self, ordinal: int) -> str:
        # NumPy would first make an array of wider numbers of all, for each term.
        at = bisect_left(self._spelled, ordinal)
        if at < self._spelled.size and int(self._spelled[at]) == ordinal:
            return self._spellings[at].decode()
        return self._terms[ordinal].decode()
