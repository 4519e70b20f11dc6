"""Families and roots: which posting lists belong to one word.

The posting lists of a field of Arabic text are ordered by root, then by stem, then by
surface form. So those of a family are neighbors, those of a root are, and a word is
read from the file in one piece whatever its forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from search.arabic.analyzer import cached_root, cached_stem
from search.engines.whoosh.inversion import narrow
from search.engines.whoosh.lexicon import Lexicon, pack_terms
from search.engines.whoosh.ordered import join_spans
from search.engines.whoosh.segment_file import Array, SegmentFile


class Form(NamedTuple):
    """A surface form under its root and its stem, in the order of posting lists."""

    root: bytes
    stem: bytes
    surface: bytes


def find_form(surface: str) -> Form:
    """The form *surface* with its stem and root.

    >>> find_form("وبالكتاب").stem.decode()
    'كتاب'
    """
    stem = cached_stem(surface)
    return Form(cached_root(stem).encode(), stem.encode(), surface.encode())


def pack_groups(name: str, forms: Sequence[Form]) -> dict[str, Array]:
    """The sections of the lexicon of the sorted *forms*, their families and roots.

    terms              the surface forms, sorted
    lists              for each of them its posting list, which is its place in *forms*
    families           the stems, sorted
    families/numbers   for each stem the number of its family in the order of roots
    families/starts    for each family, by number, its first posting list
    roots              the roots, sorted
    roots/starts       for each root the number of its first family
    """
    families = [list(found) for _, found in groupby(forms, key=attrgetter("stem"))]
    stems = [family[0].stem for family in families]
    roots = [
        (root, sum(1 for _ in found))
        for root, found in groupby(families, key=lambda family: family[0].root)
    ]
    numbers = sorted(range(len(stems)), key=stems.__getitem__)
    lists = sorted(range(len(forms)), key=lambda at: forms[at].surface)
    return {
        **pack_terms(f"{name}/terms", [forms[at].surface for at in lists]),
        f"{name}/lists": narrow(np.array(lists, np.int64)),
        **pack_terms(f"{name}/families", [stems[number] for number in numbers]),
        f"{name}/families/numbers": narrow(np.array(numbers, np.int64)),
        f"{name}/families/starts": _starts(len(family) for family in families),
        **pack_terms(f"{name}/roots", [root for root, _ in roots]),
        f"{name}/roots/starts": _starts(size for _, size in roots),
    }


def _starts(sizes: Iterable[int]) -> Array:
    return narrow(np.cumsum([0, *sizes]))


class Groups:
    """The posting lists of each family and each root of a field."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.stems = Lexicon(file, f"{name}/families")
        self.roots = Lexicon(file, f"{name}/roots")
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

    def families(self, ordinals: Array) -> Array:
        """The posting lists, ascending, of the families of the stems *ordinals*."""
        numbers = np.sort(self._numbers.take(ordinals).astype(np.int64))
        starts = self._family_starts.take(numbers)
        return join_spans(starts, self._family_starts.take(numbers + 1))

    def root(self, root: bytes) -> range:
        """The posting lists of the *root*; an empty range if there is none."""
        ordinal = self.roots.find(root)
        if ordinal is None:
            return range(0)
        first, last = self._root_starts.read(ordinal, ordinal + 2).tolist()
        [start] = self._family_starts.read(first, first + 1).tolist()
        [stop] = self._family_starts.read(last, last + 1).tolist()
        return range(start, stop)

    def forms(self, terms: Sequence[bytes]) -> list[Form]:
        """The forms of the posting lists, which have these surface forms, in order."""
        stems, roots = list(self.stems), list(self.roots)
        stem_of = np.empty(len(stems), np.int64)
        stem_of[self._numbers.read(0, len(stems))] = np.arange(len(stems))
        sizes = np.diff(self._family_starts.read(0, len(stems) + 1))
        root_sizes = np.diff(self._root_starts.read(0, len(roots) + 1))
        of_stem = np.repeat(np.arange(len(roots)), root_sizes)
        return [
            Form(roots[root], stems[stem], surface)
            for root, stem, surface in zip(
                np.repeat(of_stem, sizes).tolist(),
                np.repeat(stem_of, sizes).tolist(),
                terms,
                strict=True,
            )
        ]
