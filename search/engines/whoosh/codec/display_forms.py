"""Display forms: how the archive prints a surface form.

The display form of المقاومه, as terms are folded, is المقاومة. Only those that differ
from their terms are stored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from search.arabic import letters as l
from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, pack_strings

# Letters whose hamza, madda or dots careless print omits.
_CAREFUL: Final = frozenset(
    l.ALEF_HAMZA_ABOVE
    + l.ALEF_HAMZA_BELOW
    + l.ALEF_MADDA
    + l.WAW_HAMZA
    + l.YEH_HAMZA
    + l.TEH_MARBUTA
)


def choose_display_form(counted_forms: Iterable[tuple[bytes, int]]) -> bytes:
    """The most frequent of the printed forms of one surface form, given with counts.

    The counts of equal forms add up. Of equally frequent ones the form with more
    letters of careful print is chosen, then the last in the order of code points.

    >>> choose_display_form([("سنة".encode(), 9), ("سنه".encode(), 2)]).decode()
    'سنة'
    """
    counts: dict[bytes, int] = {}
    for form, count in counted_forms:
        counts[form] = counts.get(form, 0) + count
    if len(counts) == 1:
        return next(iter(counts))
    return max(counts, key=lambda form: (counts[form], _count_careful(form), form))


def _count_careful(form: bytes) -> int:
    return sum(letter in _CAREFUL for letter in form.decode())


def pack_display_forms(
    name: str, lists: Array, display_forms: Mapping[int, bytes]
) -> dict[str, Array]:
    """The sections of the *display_forms* of a field, which are keyed by posting list.

    *lists* has the posting list of each term, by ordinal.

    spelled    the ordinals of the terms that have another display form, ascending
    spellings  their display forms
    """
    ordinals = np.empty(lists.size, np.int64)
    ordinals[lists] = np.arange(lists.size)
    forms = sorted((int(ordinals[key]), form) for key, form in display_forms.items())
    return {
        f"{name}/spelled": narrow(np.array([key for key, _ in forms], np.int64)),
        **pack_strings(f"{name}/spellings", [form for _, form in forms]),
    }


class DisplayForms:
    """The display form of each term of a field in one segment, by ordinal."""

    def __init__(self, file: SegmentFile, name: str, terms: TermDict) -> None:
        self._terms = terms
        self._ordinals = file.array(f"{name}/spelled")
        self._forms = TermDict(file, f"{name}/spellings")

    def exceptions(self) -> dict[int, bytes]:
        """The display forms that differ from their terms, by ordinal."""
        return dict(zip(self._ordinals.tolist(), self._forms, strict=True))

    def __getitem__(self, ordinal: int) -> str:
        # np.searchsorted would convert the whole narrow array for each lookup.
        at = bisect_left(self._ordinals, ordinal)
        if at < self._ordinals.size and int(self._ordinals[at]) == ordinal:
            return self._forms[at].decode()
        return self._terms[ordinal].decode()
