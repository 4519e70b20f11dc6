"""Which terms of a field's lexicon a query for words stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.arabic.beginnings import ARTICLES, after_article, begins_so
from search.engines.whoosh.queries import Beginning, Family, Root
from search.engines.whoosh.segment import FieldPostings
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.snapshot import Pick, Snapshot
from search.engines.whoosh.term_queries import TermTest
from search.engines.whoosh.word_queries import ManyForms


def pick(snapshot: Snapshot, leaf: q.Query) -> Pick:
    """A function from a field's index to the ascending ordinals of *leaf*'s terms.

    Raises TypeError for a query that stands for no terms.
    """
    for kind in type(leaf).__mro__:
        function = _PICK.get(kind)
        if function is not None:
            return function(snapshot, leaf)
    raise TypeError(f"{type(leaf).__name__} stands for no terms.")


def _find(terms: Sequence[bytes]) -> Pick:
    def pick_terms(field: FieldPostings) -> Array:
        found = (field.terms.find(term) for term in terms)
        return np.array(sorted(at for at in found if at is not None), np.int64)

    return pick_terms


def _term(snapshot: Snapshot, leaf: q.Term) -> Pick:
    text = leaf.text
    if not isinstance(text, bytes):
        text = snapshot.schema[leaf.fieldname].to_bytes(text)
    return _find([text])


def _family(snapshot: Snapshot, leaf: Family) -> Pick:
    stem = leaf.text.encode()
    return lambda field: field.families.members(stem)


def _root(snapshot: Snapshot, leaf: Root) -> Pick:
    root = leaf.text.encode()
    return lambda field: field.families.members_of(field.roots.members(root))


def _prefix(snapshot: Snapshot, leaf: q.Prefix) -> Pick:
    prefix = leaf.text.encode()
    return lambda field: np.arange(*field.terms.prefix_range(prefix))


def _beginning(snapshot: Snapshot, leaf: Beginning) -> Pick:
    prefix = leaf.text.encode()

    def pick_beginning(field: FieldPostings) -> Array:
        printed = np.arange(*field.terms.prefix_range(prefix))
        first, last = field.families.keys.prefix_range(prefix)
        stemmed = field.families.members_between(first, last)
        found = [
            ordinal
            for ordinal in _iter_longer(field, leaf.text)
            if begins_so(field.terms[ordinal].decode(), leaf.text)
        ]
        return reduce(np.union1d, (printed, stemmed, np.array(found, np.int64)))

    return pick_beginning


def _iter_longer(field: FieldPostings, beginning: str) -> Iterator[int]:
    """The terms whose stems are shorter than *beginning*, or may be behind its article.

    Of المكتبة the stem is مكتب, which مكتبة* is longer than.
    """
    for end in range(1, len(beginning)):
        yield from field.families.members(beginning[:end].encode()).tolist()
    if noun := after_article(beginning):
        for article in ARTICLES:
            prefix = (article + noun).encode()
            yield from range(*field.terms.prefix_range(prefix))


def _several(snapshot: Snapshot, leaf: q.MultiTerm) -> Pick:
    return _find(list(leaf._btexts(snapshot.reader)))


_PICK: Final[dict[type, Callable[[Snapshot, Any], Pick]]] = {
    q.Term: _term,
    q.Prefix: _prefix,
    Family: _family,
    Root: _root,
    Beginning: _beginning,
    ManyForms: lambda snapshot, leaf: leaf.pick,
    TermTest: lambda snapshot, leaf: leaf.pick,
    q.MultiTerm: _several,
}
