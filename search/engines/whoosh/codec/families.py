"""Families and roots: the posting lists that belong to the words of one lemma.

A surface form may be of several lemmas, each of which has a root. The forms with the
same lemmas are a *class*, and the posting lists of an Arabic text are ordered by family
keys: the roots of the class, its lemmas, the surface form and the telling form. So the
lists of a class are adjacent, and those of a lemma are the ranges of the few classes
that have it. A posting list is known by its number in this order; a term has one list
for each way in which its surface form is printed (``display_forms``).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

import numpy as np

from search.arabic.families import find_families, join_keys
from search.engines.whoosh.arrays import Array, concat_ranges, distinct, narrow
from search.engines.whoosh.codec.display_forms import pack_display_forms
from search.engines.whoosh.codec.packed_ints import pack_sizes, read_bounds
from search.engines.whoosh.codec.segment_file import Sections, SegmentFile
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms

# Posting lists by their numbers, ascending: adjacent ones as a range.
PostingLists = range | Array

# Lower than any letter, so that keys sort by one part after the other.
TAB: Final = b"\t"
# Between the lemmas of a class, and between its roots: ``search.arabic.families``.
_BETWEEN: Final = b" "
# The root of a lemma that is its own.
_OWN: Final = 0


def join_key(roots: bytes, lemmas: bytes, surface: bytes, telling_form: bytes) -> bytes:
    """The family key of a telling form, which is empty if it is the surface form."""
    return TAB.join((roots, lemmas, surface, telling_form))


def split_key(key: bytes) -> list[bytes]:
    """The roots, the lemmas, the surface form and the telling form of a family key.

    >>> [part.decode() for part in split_key("قرا\\tقراءه\\tقراءه\\tقراءة".encode())]
    ['قرا', 'قراءه', 'قراءه', 'قراءة']
    """
    return key.split(TAB)


def pack_families(name: str, keys: Sequence[bytes]) -> Sections:
    """The sections of the terms, lemmas and classes of a field, from its *keys*.

    The family keys are sorted and distinct; posting lists are numbered in their order.

    terms            a ``TermDict`` of the surface forms
    lists            the posting lists of each term, ascending, term by term
    printed/terms    the terms with several posting lists, ascending
    printed/counts   how many lists each of these has
    spelled/lists    the posting lists whose telling form is not the surface form
    spelled/forms    their telling forms
    lemmas, roots    ``TermDict``s
    lemmas/roots     for each lemma its root, from 1; 0 for a lemma that is its own root
    classes/lists    how many posting lists each class has
    classes/sizes    how many lemmas each class has
    classes/lemmas   the lemmas of each class, the likeliest first
    """
    printed, classes = _Printed(), _Classes()
    for posting_list, key in enumerate(keys):
        roots, lemmas, *words = split_key(key)
        printed.add(posting_list, *words)
        classes.add(posting_list, roots, lemmas)
    return {**printed.sections(name), **classes.sections(name, len(keys))}


class _Printed:
    """The surface form of each posting list, and the telling forms that are others."""

    def __init__(self) -> None:
        self._surfaces: list[bytes] = []
        self._telling_forms: dict[int, bytes] = {}

    def add(self, posting_list: int, surface: bytes, telling_form: bytes) -> None:
        self._surfaces.append(surface)
        if telling_form:
            self._telling_forms[posting_list] = telling_form

    def sections(self, name: str) -> dict[str, Array]:
        surfaces = self._surfaces
        lists = sorted(range(len(surfaces)), key=surfaces.__getitem__)
        # In the order of the terms.
        counts = Counter(surfaces[posting_list] for posting_list in lists)
        lists_of_term = np.fromiter(counts.values(), np.int64, len(counts))
        several = np.flatnonzero(lists_of_term > 1)
        return {
            **pack_terms(f"{name}/terms", list(counts)),
            f"{name}/lists": narrow(np.array(lists, np.int64)),
            f"{name}/printed/terms": narrow(several),
            f"{name}/printed/counts": narrow(lists_of_term[several]),
            **pack_display_forms(name, self._telling_forms),
        }


class _Classes:
    """The lemmas of each class, the root of each lemma, and where a class begins."""

    def __init__(self) -> None:
        self._starts = array("I")
        self._lemmas: list[list[bytes]] = []
        self._root_of: dict[bytes, bytes] = {}
        self._last = b""

    def add(self, posting_list: int, roots: bytes, lemmas: bytes) -> None:
        if lemmas != self._last:
            self._last = lemmas
            self._starts.append(posting_list)
            self._lemmas.append(lemmas.split(_BETWEEN))
            pairs = zip(self._lemmas[-1], roots.split(_BETWEEN), strict=True)
            self._root_of.update(pairs)

    def sections(self, name: str, n_lists: int) -> Sections:
        sorted_lemmas, sections = _pack_lemmas(name, self._root_of)
        at_lemma = {lemma: at for at, lemma in enumerate(sorted_lemmas)}
        lists = np.diff(np.array([*self._starts, n_lists]))
        sizes = np.array([*map(len, self._lemmas)], np.int64)
        entries = [at_lemma[lemma] for each in self._lemmas for lemma in each]
        return {
            **sections,
            **pack_sizes(f"{name}/classes/lists", lists),
            **pack_sizes(f"{name}/classes/sizes", sizes),
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
        classes = f"{name}/classes"
        self._root_of, self._starts, self._firsts, self._entries = (
            values.astype(np.int64)
            for values in (
                file.array(f"{name}/lemmas/roots"),
                read_bounds(file, f"{classes}/lists", f"{classes}/starts"),
                read_bounds(file, f"{classes}/sizes", f"{classes}/firsts"),
                file.array(f"{classes}/lemmas"),
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

    def likeliest(self, lists: Array) -> Array:
        """The ordinal of the likeliest lemma of the form of each of *lists*: int64."""
        classes = self._starts.searchsorted(lists, side="right") - 1
        lemmas: Array = self._entries[self._firsts[classes]]
        return lemmas

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

    def iter_keys(self, printed: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
        """The family keys of all posting lists, from what is *printed* in that order.

        A surface form and a telling form, which is empty if it is the same.
        """
        lemmas, roots = list(self.lemmas), [b"", *self._roots]
        root_of = self._root_of.tolist()
        entries, printed = self._entries.tolist(), iter(printed)
        for (first, last), size in zip(
            pairwise(self._firsts.tolist()), np.diff(self._starts).tolist(), strict=True
        ):
            of_class = entries[first:last]
            own_roots = [roots[root_of[each]] or lemmas[each] for each in of_class]
            prefix = join_key(
                _BETWEEN.join(own_roots),
                _BETWEEN.join([lemmas[each] for each in of_class]),
                b"",
                b"",
            )[: -len(TAB)]
            for term, telling_form in islice(printed, size):
                yield prefix + term + TAB + telling_form


class OldFamilies:
    """`Families` of a segment that was written before there were lemmas in segments.

    Such an index serves until it is built anew: its *terms* are looked up in the
    lexicon at the first question. *lists* has the posting list of each: int[n].
    """

    lemmas = None

    def __init__(self, terms: TermDict, lists: Array) -> None:
        surfaces = [term.decode() for term in terms]
        families = find_families(surfaces, surfaces)
        self._families = dict(zip(surfaces, families, strict=True))
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

    def iter_keys(self, printed: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
        """The family keys of what is *printed*, which are not in order."""
        for term, telling_form in printed:
            family = self._families[term.decode()]
            roots, lemmas = join_keys(family.roots), join_keys(family.lemmas)
            yield join_key(roots.encode(), lemmas.encode(), term, telling_form)


def _union(lists: dict[bytes, list[int]], keys: Iterable[bytes]) -> Array:
    found = {each for key in keys for each in lists.get(key, ())}
    return np.array(sorted(found), np.int64)
