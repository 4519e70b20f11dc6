"""How the archive prints a surface form: المقاومة where the index has المقاومه."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
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


def choose_spellings(
    words: Iterable[tuple[str, str, int]],
) -> dict[str, str]:
    """The commonest spelling of each surface form, where it is not the form itself.

    *words* are surface forms, each with a spelling and how often it is printed so.
    Of equals the one with its hamzas and its ة is chosen.

    >>> choose_spellings([("سنه", "سنة", 9), ("سنه", "سنه", 2), ("قلم", "قلم", 1)])
    {'سنه': 'سنة'}
    """
    counts: dict[str, dict[str, int]] = {}
    for surface, spelling, count in words:
        of_surface = counts.setdefault(surface, {})
        of_surface[spelling] = of_surface.get(spelling, 0) + count
    best = {
        surface: max(found, key=lambda one: (found[one], _count_careful(one), one))
        for surface, found in counts.items()
    }
    return {surface: one for surface, one in best.items() if one != surface}


def _count_careful(spelling: str) -> int:
    return sum(letter in _CAREFUL for letter in spelling)


def pack_spellings(
    name: str, terms: Sequence[bytes], spellings: Mapping[str, str]
) -> dict[str, Array]:
    """The sections of the *spellings* of the field *name* with the sorted *terms*.

    spelled    the ordinals of the terms that are printed otherwise, ascending
    spellings  how each of them is printed
    """
    spelled = [
        (ordinal, spelling.encode())
        for ordinal, term in enumerate(terms)
        if (spelling := spellings.get(term.decode()))
    ]
    return {
        f"{name}/spelled": narrow(np.array([at for at, _ in spelled], np.int64)),
        **pack_strings(f"{name}/spellings", [spelling for _, spelling in spelled]),
    }


class Spellings:
    """The spelling of each term of a field in one segment."""

    def __init__(self, file: SegmentFile, name: str, terms: Lexicon) -> None:
        self._terms = terms
        self._spelled = file.array(f"{name}/spelled")
        self._spellings = Lexicon(file, f"{name}/spellings")

    def __getitem__(self, ordinal: int) -> str:
        # NumPy would first make an array of wider numbers of all, for each term.
        at = bisect_left(self._spelled, ordinal)
        if at < self._spelled.size and int(self._spelled[at]) == ordinal:
            return self._spellings[at].decode()
        return self._terms[ordinal].decode()
