"""How the archive prints a surface form: المقاومة where the index has المقاومه."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from search.arabic import letters as l
from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, pack_strings

# Letters that hasty print leaves bare.
_CAREFUL: Final = frozenset(
    l.ALEF_HAMZA_ABOVE
    + l.ALEF_HAMZA_BELOW
    + l.ALEF_MADDA
    + l.WAW_HAMZA
    + l.YEH_HAMZA
    + l.TEH_MARBUTA
)


def choose_display_form(spellings: Iterable[tuple[bytes, int]]) -> bytes:
    """The commonest of the *spellings* of one surface form, each with its count.

    One may come several times. Of equals the one with its hamzas and its ة is chosen.

    >>> choose_display_form([("سنة".encode(), 9), ("سنه".encode(), 2)]).decode()
    'سنة'
    """
    counts: dict[bytes, int] = {}
    for spelling, count in spellings:
        counts[spelling] = counts.get(spelling, 0) + count
    if len(counts) == 1:
        return next(iter(counts))
    return max(counts, key=lambda one: (counts[one], _count_careful(one), one))


def _count_careful(spelling: bytes) -> int:
    return sum(letter in _CAREFUL for letter in spelling.decode())


def pack_display_forms(
    name: str, lists: Array, spellings: Mapping[int, bytes]
) -> dict[str, Array]:
    """The sections of the *spellings* of a field, by the posting lists of the forms.

    *lists* gives each form of the lexicon its posting list.

    spelled    the ordinals of the terms that are printed otherwise, ascending
    spellings  how each of them is printed
    """
    ordinals = np.empty(lists.size, np.int64)
    ordinals[lists] = np.arange(lists.size)
    spelled = {int(ordinals[at]): spelling for at, spelling in spellings.items()}
    return {
        f"{name}/spelled": narrow(np.array(sorted(spelled), np.int64)),
        **pack_strings(f"{name}/spellings", [spelled[at] for at in sorted(spelled)]),
    }


class DisplayForms:
    """The spelling of each term of a field in one segment."""

    def __init__(self, file: SegmentFile, name: str, terms: TermDict) -> None:
        self._terms = terms
        self._spelled = file.array(f"{name}/spelled")
        self._spellings = TermDict(file, f"{name}/spellings")

    def exceptions(self) -> dict[int, bytes]:
        """The spellings that are not the terms themselves, by ordinal."""
        return dict(zip(self._spelled.tolist(), self._spellings, strict=True))

    def __getitem__(self, ordinal: int) -> str:
        # NumPy would first make an array of wider numbers of all, for each term.
        at = bisect_left(self._spelled, ordinal)
        if at < self._spelled.size and int(self._spelled[at]) == ordinal:
            return self._spellings[at].decode()
        return self._terms[ordinal].decode()
