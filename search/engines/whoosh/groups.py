"""Which entries of a lexicon share a key: surface forms a stem, families a root."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from search.arabic.analyzer import cached_root, cached_stem
from search.engines.whoosh.inversion import narrow
from search.engines.whoosh.lexicon import Lexicon, pack_terms
from search.engines.whoosh.segment_file import Array, SegmentFile


def build_groups(name: str, terms: Iterable[bytes]) -> dict[str, Array]:
    """The sections of the families of the sorted *terms* of a field, and their roots.

    Families hold ordinals of terms, roots hold ordinals of families.
    """
    stems = [cached_stem(term.decode()) for term in terms]
    roots = [cached_root(stem) for stem in sorted(set(stems), key=str.encode)]
    return {
        **_pack_groups(f"{name}/families", stems),
        **_pack_groups(f"{name}/roots", roots),
    }


def _pack_groups(name: str, keys: Iterable[str]) -> dict[str, Array]:
    """The sections of the groups that the entries with these *keys* make.

    *name*   the distinct keys, sorted; the entries with the key i are
    members[starts[i]:starts[i + 1]], ascending.
    """
    members: dict[bytes, list[int]] = {}
    for ordinal, key in enumerate(keys):
        members.setdefault(key.encode(), []).append(ordinal)
    distinct = sorted(members)
    sizes = np.fromiter((len(members[key]) for key in distinct), np.int64, len(members))
    flat = [ordinal for key in distinct for ordinal in members[key]]
    return {
        **pack_terms(name, distinct),
        f"{name}/group_starts": narrow(np.concatenate(([0], np.cumsum(sizes)))),
        f"{name}/members": narrow(np.array(flat, np.int64)),
    }


class Groups:
    """The entries of a lexicon by their key."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.keys = Lexicon(file, name)
        self._starts = file.array(f"{name}/group_starts")
        self._members = file.array(f"{name}/members")

    def members(self, key: bytes) -> Array:
        """The ordinals of the entries whose key is *key*, ascending; empty if none."""
        at = self.keys.find(key)
        return self.members_between(at, at + 1) if at is not None else _NONE

    def members_between(self, first: int, last: int) -> Array:
        """The ordinals, ascending, of the entries of the keys *first* to *last* - 1."""
        found = self._members[int(self._starts[first]) : int(self._starts[last])]
        return found.astype(np.int64) if last - first == 1 else np.sort(found, None)

    def members_of(self, groups: Array) -> Array:
        """The ordinals, ascending, of the entries of these groups."""
        if not groups.size:
            return _NONE
        pieces = [self.members_between(at, at + 1) for at in groups.tolist()]
        return np.sort(np.concatenate(pieces))


_NONE = np.empty(0, np.int64)
