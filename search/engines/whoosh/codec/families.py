"""Families and roots: the posting lists that belong to the words of one lemma.

A surface form may be of several lemmas, each of which has a root. The forms with the
same lemmas are a *class*, and the posting lists of an Arabic text are ordered by family
keys: the roots of the class, its lemmas and the surface form. So the lists of a class
are adjacent, and those of a lemma are the ranges of the few classes that have it. A
posting list is known by its number in this order, which is not the ordinal of its term.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

import numpy as np

from search.arabic.families import find_families, join_keys
from search.engines.whoosh.arrays import Array, concat_ranges, distinct, narrow
from search.engines.whoosh.codec.segment_file import SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms

# Posting lists by their numbers, ascending: adjacent ones as a range.
PostingLists = range | Array

# Lower than any letter, so that keys sort by roots, then lemmas, then surface form.
TAB: Final = "\t"
_TAB: Final = TAB.encode()
# Between the lemmas of a class, and between its roots: ``search.arabic.families``.
_BETWEEN: Final = b" "
# The root of a lemma that is its own.
_OWN: Final = 0


def join_key(roots: bytes, lemmas: bytes, surface: bytes) -> bytes:
    """The family key of a surface form."""
    return _TAB.join((roots, lemmas, surface))


def split_key(key: bytes) -> list[bytes]:
    """The roots, the lemmas and the surface form of a family key.

    >>> [part.decode() for part in split_key("كتب\\tكتاب\\tوالكتاب".encode())]
    ['كتب', 'كتاب', 'والكتاب']
    """
    return key.split(_TAB)


def surface_of(key: bytes) -> bytes:
    """The surface form of a family key."""
    return key.rpartition(_TAB)[2]


def pack_families(name: str, keys: Sequence[bytes]) -> dict[str, Array]:
    """The sections of the terms, lemmas and classes of a field, from its *keys*.

    The family keys are sorted and distinct; posting lists are numbered in their order.

    terms            a ``TermDict`` of the surface forms
    lists            for each term its posting list
    lemmas, roots    ``TermDict``s
    lemmas/roots     for each lemma its root, from 1; 0 for a lemma that is its own root
    classes/starts   for each class its first posting list, and the end
    classes/firsts   for each class its first entry in the next, and the end
    classes/lemmas   the lemmas of each class, the likeliest first
    """
    surfaces: list[bytes] = []
    classes: list[list[bytes]] = []
    root_of: dict[bytes, bytes] = {}
    starts = array("I")
    last = None
    for posting_list, key in enumerate(keys):
        roots, lemmas, surface = split_key(key)
        surfaces.append(surface)
        if lemmas != last:
            last = lemmas
            starts.append(posting_list)
            classes.append(lemmas.split(_BETWEEN))
            root_of.update(zip(classes[-1], roots.split(_BETWEEN), strict=True))
    lists = sorted(range(len(surfaces)), key=surfaces.__getitem__)
    sorted_lemmas, sections = _pack_lemmas(name, root_of)
    at_lemma = {lemma: at for at, lemma in enumerate(sorted_lemmas)}
    firsts = np.cumsum([0, *map(len, classes)])
    entries = [at_lemma[lemma] for each in classes for lemma in each]
    return {
        **pack_terms(f"{name}/terms", [surfaces[number] for number in lists]),
        f"{name}/lists": narrow(np.array(lists, np.int64)),
        **sections,
        f"{name}/classes/starts": narrow(np.array([*starts, len(keys)])),
        f"{name}/classes/firsts": narrow(firsts),
        f"{name}/classes/lemmas": narrow(np.array(entries, np.int64)),
    }


def _pack_lemmas(
    name: str, root_of: Mapping[bytes, bytes]
) -> tuple[list[bytes], dict[str, Array]]:
    """The lemmas, sorted, and the sections of lemmas and roots."""
    lemmas = sorted(root_of)
    roots = sorted({root for lemma, root in root_of.items() if root != lemma})
    at_root = {root: at for at, root in enumerate(roots, 1)}
    numbers = [
        _OWN if root_of[lemma] == lemma else at_root[root_of[lemma]] for lemma in lemmas
    ]
    return lemmas, {
        **pack_terms(f"{name}/lemmas", lemmas),
        f"{name}/lemmas/roots": narrow(np.array(numbers, np.int64)),
        **pack_terms(f"{name}/roots", roots),
    }


class Families:
    """The posting lists of each lemma and each root of a field in one segment."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.lemmas = TermDict(file, f"{name}/lemmas")
        self._roots = TermDict(file, f"{name}/roots")
        self._root_of, self._starts, self._firsts, self._entries = (
            section.read(0, section.size).astype(np.int64)
            for section in (
                file.section(f"{name}/lemmas/roots"),
                file.section(f"{name}/classes/starts"),
                file.section(f"{name}/classes/firsts"),
                file.section(f"{name}/classes/lemmas"),
            )
        )
        # The entries by lemma, and the first of each lemma; the classes of entries.
        self._by_lemma = np.argsort(self._entries, kind="stable")
        self._of_lemma = np.searchsorted(
            self._entries[self._by_lemma], np.arange(len(self.lemmas) + 1)
        )
        self._owners = np.repeat(
            np.arange(self._starts.size - 1), np.diff(self._firsts)
        )

    def of_lemmas(self, lemmas: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *lemmas*, ascending; a range for one."""
        found = [self.lemmas.find(lemma) for lemma in lemmas]
        return self._lists_of([each for each in found if each is not None])

    def of_roots(self, roots: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *roots*, ascending; a range for one."""
        lemmas: list[int] = []
        for root in roots:
            at = self._roots.find(root)
            if at is not None:
                lemmas += np.flatnonzero(self._root_of == at + 1).tolist()
            own = self.lemmas.find(root)
            if own is not None and self._root_of[own] == _OWN:
                lemmas.append(own)
        return self._lists_of(lemmas)

    def at_lemmas(self, ordinals: Array) -> Array:
        """The posting lists of lemmas by their *ordinals*: int64, sorted."""
        return np.asarray(self._lists_of(ordinals.tolist()), np.int64)

    def _lists_of(self, lemmas: Sequence[int]) -> PostingLists:
        entries = [
            self._by_lemma[self._of_lemma[lemma] : self._of_lemma[lemma + 1]]
            for lemma in lemmas
        ]
        if not entries:
            return range(0)
        classes = distinct(self._owners[np.concatenate(entries)])
        starts, stops = self._starts[classes], self._starts[classes + 1]
        first, last = int(starts[0]), int(stops[-1])
        if last - first == int((stops - starts).sum()):
            return range(first, last)
        return concat_ranges(starts, stops)

    def iter_keys(self, terms: Iterable[bytes]) -> Iterator[bytes]:
        """The family keys of all posting lists, from their *terms* in that order."""
        lemmas, roots = list(self.lemmas), [b"", *self._roots]
        root_of = self._root_of.tolist()
        entries, terms = self._entries.tolist(), iter(terms)
        for (first, last), size in zip(
            pairwise(self._firsts.tolist()), np.diff(self._starts).tolist(), strict=True
        ):
            of_class = entries[first:last]
            own_roots = [roots[root_of[each]] or lemmas[each] for each in of_class]
            prefix = join_key(
                _BETWEEN.join(own_roots),
                _BETWEEN.join([lemmas[each] for each in of_class]),
                b"",
            )
            for term in islice(terms, size):
                yield prefix + term


class OldFamilies:
    """`Families` of a segment that was written before there were lemmas in segments.

    Such an index serves until it is built anew: its *terms* are looked up in the
    lexicon at the first question. *lists* has the posting list of each: int[n].
    """

    lemmas = None

    def __init__(self, terms: TermDict, lists: Array) -> None:
        surfaces = [term.decode() for term in terms]
        self._families = dict(zip(surfaces, find_families(surfaces), strict=True))
        self._by_lemma: dict[bytes, list[int]] = {}
        self._by_root: dict[bytes, list[int]] = {}
        for family, posting_list in zip(
            self._families.values(), lists.tolist(), strict=True
        ):
            for lemma in family.lemmas:
                self._by_lemma.setdefault(lemma.encode(), []).append(posting_list)
            for root in family.roots:
                self._by_root.setdefault(root.encode(), []).append(posting_list)

    def of_lemmas(self, lemmas: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *lemmas*, ascending: int64[n]."""
        return _union(self._by_lemma, lemmas)

    def of_roots(self, roots: Iterable[bytes]) -> PostingLists:
        """The posting lists of the forms of *roots*, ascending: int64[n]."""
        return _union(self._by_root, roots)

    def at_lemmas(self, ordinals: Array) -> Array:
        """No posting lists: there is no dictionary of lemmas."""
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
