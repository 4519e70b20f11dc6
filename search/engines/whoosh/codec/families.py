"""Families and roots: the ranges of posting lists that belong to one word.

A family has the surface forms of one stem, a root the families of one root. The
posting lists of an Arabic text are ordered by family keys: root, stem and surface
form. So the lists of a family are adjacent, those of a root too, and either is read
in one piece. A posting list is known by its number in this order, which is not the
ordinal of its term.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Final

import numpy as np

from search.engines.whoosh.arrays import Array, concat_ranges, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms

# Lower than any letter, so that keys sort by root, then by stem, then by surface form.
TAB: Final = "\t"
_TAB: Final = TAB.encode()


def join_key(root: bytes, stem: bytes, surface: bytes) -> bytes:
    """The family key of a surface form."""
    return _TAB.join((root, stem, surface))


def split_key(key: bytes) -> list[bytes]:
    """The root, the stem and the surface form of a family key.

    >>> [part.decode() for part in split_key("كتب\\tكتاب\\tوالكتاب".encode())]
    ['كتب', 'كتاب', 'والكتاب']
    """
    return key.split(_TAB)


def surface_of(key: bytes) -> bytes:
    """The surface form of a family key."""
    return key.rpartition(_TAB)[2]


def pack_families(name: str, keys: Sequence[bytes]) -> dict[str, Array]:
    """The sections of the terms, families and roots of a field, from its family *keys*.

    The keys are sorted and distinct; posting lists are numbered in their order.

    terms              a ``TermDict`` of the surface forms
    lists              for each term its posting list
    families           a ``TermDict`` of the stems
    families/numbers   for each stem the number of its family, in the order of the keys
    families/starts    for each family, by number, its first posting list, and the end
    roots              a ``TermDict`` of the roots
    roots/starts       for each root the number of its first family, and the end
    """
    surfaces: list[bytes] = []
    stems: list[bytes] = []
    roots: list[bytes] = []
    family_starts, root_starts = array("I"), array("I")
    for posting_list, key in enumerate(keys):
        root, stem, surface = split_key(key)
        surfaces.append(surface)
        # A stem has one root, so that equal stems and equal roots are adjacent.
        if not stems or stem != stems[-1]:
            if not roots or root != roots[-1]:
                root_starts.append(len(stems))
                roots.append(root)
            family_starts.append(posting_list)
            stems.append(stem)
    lists = sorted(range(len(surfaces)), key=surfaces.__getitem__)
    numbers = sorted(range(len(stems)), key=stems.__getitem__)
    return {
        **pack_terms(f"{name}/terms", [surfaces[number] for number in lists]),
        f"{name}/lists": narrow(np.array(lists, np.int64)),
        **pack_terms(f"{name}/families", [stems[number] for number in numbers]),
        f"{name}/families/numbers": narrow(np.array(numbers, np.int64)),
        f"{name}/families/starts": narrow(np.array([*family_starts, len(keys)])),
        **pack_terms(f"{name}/roots", roots),
        f"{name}/roots/starts": narrow(np.array([*root_starts, len(stems)])),
    }


class Families:
    """The posting lists of each family and each root of a field in one segment."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.stems = TermDict(file, f"{name}/families")
        self.roots = TermDict(file, f"{name}/roots")
        self._numbers = file.section(f"{name}/families/numbers")
        self._family_starts = file.section(f"{name}/families/starts")
        self._root_starts = file.section(f"{name}/roots/starts")

    def family(self, stem: bytes) -> range:
        """The posting lists of the family of *stem*; empty if it has none."""
        ordinal = self.stems.find(stem)
        if ordinal is None:
            return range(0)
        [number] = self._numbers.read(ordinal, ordinal + 1).tolist()
        return range(*self._family_starts.read(number, number + 2).tolist())

    def families_of(self, ordinals: Array) -> Array:
        """The posting lists of the families of some stems: int64, sorted."""
        numbers = np.sort(self._numbers.take(ordinals).astype(np.int64))
        starts = self._family_starts.take(numbers)
        return concat_ranges(starts, self._family_starts.take(numbers + 1))

    def root(self, root: bytes) -> range:
        """The posting lists of *root*; empty if it has none."""
        ordinal = self.roots.find(root)
        if ordinal is None:
            return range(0)
        first, last = self._root_starts.read(ordinal, ordinal + 2).tolist()
        [start] = self._family_starts.read(first, first + 1).tolist()
        [stop] = self._family_starts.read(last, last + 1).tolist()
        return range(start, stop)

    def iter_keys(self, terms: Iterable[bytes]) -> Iterator[bytes]:
        """The family keys of all posting lists, from their *terms* in that order."""
        roots, count = list(self.roots), len(self.stems)
        # The ordinal of the stem of each family.
        stems = np.empty(count, np.int64)
        stems[self._numbers.read(0, count)] = np.arange(count)
        sizes = np.diff(self._family_starts.read(0, count + 1))
        families_per_root = np.diff(self._root_starts.read(0, len(roots) + 1))
        family_roots = chain.from_iterable(
            map(repeat, roots, families_per_root.tolist())
        )
        terms = iter(terms)
        for root, stem, size in zip(
            family_roots, self.stems.iter_at(stems), sizes.tolist(), strict=True
        ):
            prefix = root + _TAB + stem + _TAB
            for term in islice(terms, size):
                yield prefix + term
