"""Which surface forms of a field share a stem: the word families of a lexicon."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from search.arabic.analyzer import cached_stem
from search.engines.whoosh.inversion import narrow
from search.engines.whoosh.lexicon import Lexicon, pack_terms
from search.engines.whoosh.segment_file import Array, SegmentFile


def build_families(name: str, terms: Iterable[bytes]) -> dict[str, Array]:
    """The sections of the families of the sorted *terms* of the field *name*.

    families  the stems, sorted; for each, members[starts[i]:starts[i + 1]] are
    the ordinals of its surface forms, ascending.
    """
    members: dict[bytes, list[int]] = {}
    for ordinal, term in enumerate(terms):
        members.setdefault(cached_stem(term.decode()).encode(), []).append(ordinal)
    stems = sorted(members)
    sizes = np.fromiter((len(members[stem]) for stem in stems), np.int64, len(stems))
    flat = [ordinal for stem in stems for ordinal in members[stem]]
    return {
        **pack_terms(f"{name}/families", stems),
        f"{name}/family_starts": narrow(np.concatenate(([0], np.cumsum(sizes)))),
        f"{name}/members": narrow(np.array(flat, np.int64)),
    }


class Families:
    """The word families of one field in one segment."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._stems = Lexicon(file, f"{name}/families")
        self._starts = file.array(f"{name}/family_starts")
        self._file = file
        self._members = f"{name}/members"

    def members(self, stem: bytes) -> Array:
        """The ordinals of the surface forms whose stem is *stem*; empty if none."""
        at = self._stems.find(stem)
        if at is None:
            return np.empty(0, np.int64)
        return self._file.array(
            self._members, int(self._starts[at]), int(self._starts[at + 1])
        )
