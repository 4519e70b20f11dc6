"""Families and roots: the posting lists that belong to the words of one lemma.

A surface form may be of several lemmas. The forms with the same lemmas are a *class*,
and the posting lists of an Arabic text are ordered by family keys: the roots of the
class, its lemmas and the surface form. So the lists of a class are adjacent, and those
of a lemma are the ranges of the few classes that have it. A posting list is known by
its number in this order, which is not the ordinal of its term.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

import numpy as np

from search.arabic.families import find_families, join_keys
from search.engines.whoosh.arrays import Array, concat_ranges, distinct, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, pack_strings, pack_terms

# Posting lists by their numbers, ascending: adjacent ones as a range.
PostingLists = range | Array

# Lower than any letter, so that keys sort by roots, then lemmas, then surface form.
TAB: Final = "\t"
_TAB: Final = TAB.encode()
# Between the lemmas of a class, and between its roots: ``search.arabic.families``.
_BETWEEN: Final = b" "
_BEFORE_VOWELS: Final = b":"


def join_key(roots: bytes, lemmas: bytes, surface: bytes) -> bytes:
    """The family key of a surface form."""
    return _TAB.join((roots, lemmas, surface))


def split_key(key: bytes) -> list[bytes]:
    """The roots, the lemmas and the surface form of a family key.

    >>> [part.decode() for part in split_key("كتب\\tكتاب:كِتَاب\\tوالكتاب".encode())]
    ['كتب', 'كتاب:كِتَاب', 'والكتاب']
    """
    return key.split(_TAB)


def surface_of(key: bytes) -> bytes:
    """The surface form of a family key."""
    return key.rpartition(_TAB)[2]


def pack_families(name: str, keys: Sequence[bytes]) -> dict[str, Array]:
    """The sections of the terms, classes, lemmas and roots of a field, from its *keys*.

    The family keys are sorted and distinct; posting lists are numbered in their order.

    terms            a ``TermDict`` of the surface forms
    lists            for each term its posting list
    classes          the lemmas of each class, in the order of the keys
    classes/roots    the roots of each class
    classes/starts   for each class its first posting list, and the end
    lemmas, roots    ``TermDict``s of lemmas and roots
    bases            a ``TermDict`` of the surface forms of lemmas

    Each of the last three has ``starts`` and ``classes``: the classes of its entry are
    those from its start to the next.
    """
    surfaces: list[bytes] = []
    classes: list[bytes] = []
    roots: list[bytes] = []
    starts = array("I")
    for posting_list, key in enumerate(keys):
        of_roots, lemmas, surface = split_key(key)
        surfaces.append(surface)
        if not classes or lemmas != classes[-1]:
            starts.append(posting_list)
            classes.append(lemmas)
            roots.append(of_roots)
    lists = sorted(range(len(surfaces)), key=surfaces.__getitem__)
    split = [each.split(_BETWEEN) for each in classes]
    bases = [
        sorted({lemma.partition(_BEFORE_VOWELS)[0] for lemma in each}) for each in split
    ]
    return {
        **pack_terms(f"{name}/terms", [surfaces[number] for number in lists]),
        f"{name}/lists": narrow(np.array(lists, np.int64)),
        **pack_strings(f"{name}/classes", classes),
        **pack_strings(f"{name}/classes/roots", roots),
        f"{name}/classes/starts": narrow(np.array([*starts, len(keys)])),
        **_invert(f"{name}/lemmas", split),
        **_invert(f"{name}/roots", [each.split(_BETWEEN) for each in roots]),
        **_invert(f"{name}/bases", bases),
    }


def _invert(name: str, entries: Sequence[Sequence[bytes]]) -> dict[str, Array]:
    """The sections *name* of the classes that have each entry, from those of each."""
    classes: dict[bytes, list[int]] = {}
    for number, of_class in enumerate(entries):
        for entry in of_class:
            classes.setdefault(entry, []).append(number)
    terms = sorted(classes)
    sizes = [len(classes[term]) for term in terms]
    numbers = chain.from_iterable(classes[term] for term in terms)
    return {
        **pack_terms(name, terms),
        f"{name}/starts": narrow(np.cumsum([0, *sizes])),
        f"{name}/classes": narrow(np.fromiter(numbers, np.int64)),
    }


class _Inverted:
    """The classes of each entry of a sorted dictionary."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.terms = TermDict(file, name)
        self._starts = file.section(f"{name}/starts")
        self._classes = file.section(f"{name}/classes")

    def find(self, terms: Iterable[bytes]) -> Array:
        """The classes of *terms*, sorted and distinct: int64[n]."""
        found = [self.terms.find(term) for term in terms]
        return self.at(ordinal for ordinal in found if ordinal is not None)

    def at(self, ordinals: Iterable[int]) -> Array:
        """The classes of the terms with *ordinals*, sorted and distinct: int64[n]."""
        parts = [np.empty(0, np.int64)]
        for ordinal in ordinals:
            start, stop = self._starts.read(ordinal, ordinal + 2).tolist()
            parts.append(self._classes.read(start, stop).astype(np.int64))
        return distinct(np.concatenate(parts))


class Families:
    """The posting lists of each lemma and each root of a field in one segment."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._lemmas = _Inverted(file, f"{name}/lemmas")
        self._roots = _Inverted(file, f"{name}/roots")
        self._bases = _Inverted(file, f"{name}/bases")
        self._classes = TermDict(file, f"{name}/classes")
        self._class_roots = TermDict(file, f"{name}/classes/roots")
        self._starts = file.section(f"{name}/classes/starts")

    @property
    def bases(self) -> TermDict | None:
        """The surface forms of the lemmas."""
        return self._bases.terms

    def of_lemmas(self, lemmas: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *lemmas*, ascending; a range for one."""
        return self._lists_of(self._lemmas.find(lemmas))

    def of_roots(self, roots: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *roots*, ascending; a range if adjacent."""
        return self._lists_of(self._roots.find(roots))

    def of_bases(self, ordinals: Array) -> Array:
        """The posting lists of lemmas by the *ordinals* of ``bases``: int64, sorted."""
        lists = self._lists_of(self._bases.at(ordinals.tolist()))
        return np.asarray(lists, np.int64)

    def _lists_of(self, classes: Array) -> PostingLists:
        if not classes.size:
            return range(0)
        starts = self._starts.take(classes).astype(np.int64)
        stops = self._starts.take(classes + 1).astype(np.int64)
        first, last = int(starts[0]), int(stops[-1])
        if last - first == int((stops - starts).sum()):
            return range(first, last)
        return concat_ranges(starts, stops)

    def iter_keys(self, terms: Iterable[bytes]) -> Iterator[bytes]:
        """The family keys of all posting lists, from their *terms* in that order."""
        sizes = np.diff(self._starts.read(0, self._starts.size).astype(np.int64))
        terms = iter(terms)
        for lemmas, roots, size in zip(
            self._classes, self._class_roots, sizes.tolist(), strict=True
        ):
            prefix = roots + _TAB + lemmas + _TAB
            for term in islice(terms, size):
                yield prefix + term


class OldFamilies:
    """`Families` of a segment that was written before there were lemmas in segments.

    Such an index serves until it is built anew: its *terms* are looked up in the
    lexicon at the first question. *lists* has the posting list of each: int[n].
    """

    bases = None

    def __init__(self, terms: TermDict, lists: Array) -> None:
        surfaces = [term.decode() for term in terms]
        self._families = dict(zip(surfaces, find_families(surfaces), strict=True))
        self._lemmas: dict[bytes, list[int]] = {}
        self._roots: dict[bytes, list[int]] = {}
        for family, posting_list in zip(
            self._families.values(), lists.tolist(), strict=True
        ):
            for lemma in family.lemmas:
                self._lemmas.setdefault(lemma.encode(), []).append(posting_list)
            for root in family.roots:
                self._roots.setdefault(root.encode(), []).append(posting_list)

    def of_lemmas(self, lemmas: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *lemmas*, ascending: int64[n]."""
        return _union(self._lemmas, lemmas)

    def of_roots(self, roots: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *roots*, ascending: int64[n]."""
        return _union(self._roots, roots)

    def of_bases(self, ordinals: Array) -> Array:
        """No posting lists: there is no dictionary of bases."""
        return np.empty(0, np.int64)

    def iter_keys(self, terms: Iterable[bytes]) -> Iterator[bytes]:
        """The family keys of *terms*, which are not in the order of the keys."""
        for term in terms:
            family = self._families[term.decode()]
            roots, lemmas = join_keys(family.roots), join_keys(family.lemmas)
            yield join_key(roots.encode(), lemmas.encode(), term)


def _union(lists: dict[bytes, list[int]], keys: Iterable[bytes]) -> Array:
    found = {each for key in keys for each in lists.get(key, ())}
    return np.array(sorted(found), np.int64)
