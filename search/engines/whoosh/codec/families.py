"""Families and roots: which posting lists belong to one word.

The posting lists of a field of Arabic text are ordered by root, then by stem, then by
surface form. So those of a family are neighbors, those of a root are, and a word is
read from the file in one piece whatever its forms.
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

# Before every letter, so that forms stand in the order of root, stem and surface form.
TAB: Final = "\t"
_TAB: Final = TAB.encode()


def join_key(root: bytes, stem: bytes, surface: bytes) -> bytes:
    """A surface form with its root and stem, as posting lists are ordered."""
    return _TAB.join((root, stem, surface))


def split_key(form: bytes) -> list[bytes]:
    """The root, the stem and the surface form.

    >>> [part.decode() for part in split_key("كتب\\tكتاب\\tوالكتاب".encode())]
    ['كتب', 'كتاب', 'والكتاب']
    """
    return form.split(_TAB)


def surface_of(form: bytes) -> bytes:
    """The surface form alone."""
    return form.rpartition(_TAB)[2]


def pack_families(name: str, forms: Sequence[bytes]) -> dict[str, Array]:
    """The sections of the lexicon of the sorted *forms*, their families and roots.

    terms              the surface forms, sorted
    lists              for each of them its posting list, which is its place in *forms*
    families           the stems, sorted
    families/numbers   for each stem the number of its family in the order of roots
    families/starts    for each family, by number, its first posting list
    roots              the roots, sorted
    roots/starts       for each root the number of its first family
    """
    surfaces: list[bytes] = []
    stems: list[bytes] = []
    roots: list[bytes] = []
    families, of_roots = array("I"), array("I")
    for at, form in enumerate(forms):
        root, stem, surface = split_key(form)
        surfaces.append(surface)
        # Neighbors of one stem or root need no dictionary.
        if not stems or stem != stems[-1]:
            if not roots or root != roots[-1]:
                of_roots.append(len(stems))
                roots.append(root)
            families.append(at)
            stems.append(stem)
    lists = sorted(range(len(surfaces)), key=surfaces.__getitem__)
    numbers = sorted(range(len(stems)), key=stems.__getitem__)
    return {
        **pack_terms(f"{name}/terms", [surfaces[at] for at in lists]),
        f"{name}/lists": narrow(np.array(lists, np.int64)),
        **pack_terms(f"{name}/families", [stems[number] for number in numbers]),
        f"{name}/families/numbers": narrow(np.array(numbers, np.int64)),
        f"{name}/families/starts": narrow(np.array([*families, len(forms)])),
        **pack_terms(f"{name}/roots", roots),
        f"{name}/roots/starts": narrow(np.array([*of_roots, len(stems)])),
    }


class Families:
    """The posting lists of each family and each root of a field."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.stems = TermDict(file, f"{name}/families")
        self.roots = TermDict(file, f"{name}/roots")
        self._numbers = file.section(f"{name}/families/numbers")
        self._family_starts = file.section(f"{name}/families/starts")
        self._root_starts = file.section(f"{name}/roots/starts")

    def family(self, stem: bytes) -> range:
        """The posting lists of the family *stem*; an empty range if there is none."""
        ordinal = self.stems.find(stem)
        if ordinal is None:
            return range(0)
        [number] = self._numbers.read(ordinal, ordinal + 1).tolist()
        return range(*self._family_starts.read(number, number + 2).tolist())

    def families_of(self, ordinals: Array) -> Array:
        """The posting lists, ascending, of the families of the stems *ordinals*."""
        numbers = np.sort(self._numbers.take(ordinals).astype(np.int64))
        starts = self._family_starts.take(numbers)
        return concat_ranges(starts, self._family_starts.take(numbers + 1))

    def root(self, root: bytes) -> range:
        """The posting lists of the *root*; an empty range if there is none."""
        ordinal = self.roots.find(root)
        if ordinal is None:
            return range(0)
        first, last = self._root_starts.read(ordinal, ordinal + 2).tolist()
        [start] = self._family_starts.read(first, first + 1).tolist()
        [stop] = self._family_starts.read(last, last + 1).tolist()
        return range(start, stop)

    def iter_keys(self, terms: Iterable[bytes]) -> Iterator[bytes]:
        """The forms of the posting lists, which have these surface forms, in order."""
        roots, count = list(self.roots), len(self.stems)
        stem_of = np.empty(count, np.int64)
        stem_of[self._numbers.read(0, count)] = np.arange(count)
        sizes = np.diff(self._family_starts.read(0, count + 1))
        families = np.diff(self._root_starts.read(0, len(roots) + 1))
        of_stems = chain.from_iterable(map(repeat, roots, families.tolist()))
        rest = iter(terms)
        for root, stem, size in zip(
            of_stems, self.stems.iter_at(stem_of), sizes.tolist(), strict=True
        ):
            family = root + _TAB + stem + _TAB
            for term in islice(rest, size):
                yield family + term
