"""Which posting lists of a field a query for words stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.arabic.prefixes import DEFINITE_ARTICLES, after_definite_article, has_prefix
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.codec.postings import FieldPostings, PostingLists
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import OtherMarkings
from search.engines.whoosh.query.multi_term import ManyForms
from search.engines.whoosh.query.nodes import Family, Root, StemPrefix
from search.engines.whoosh.query.term_tests import TermFilter

# From a field's index to the posting lists to read.
Pick = Callable[[FieldPostings], PostingLists]


def expand(snapshot: Snapshot, leaf: q.Query) -> Pick:
    """A function from a field's index to the posting lists of *leaf*'s terms.

    Raises TypeError for a query that stands for no terms.
    """
    for kind in type(leaf).__mro__:
        function = _PICK.get(kind)
        if function is not None:
            return function(snapshot, leaf)
    raise TypeError(f"{type(leaf).__name__} stands for no terms.")


def _term(snapshot: Snapshot, leaf: q.Term) -> Pick:
    text = leaf.text
    if not isinstance(text, bytes):
        text = snapshot.schema[leaf.fieldname].to_bytes(text)
    return lambda field: field.find(text)


def _family(snapshot: Snapshot, leaf: Family) -> Pick:
    stem = leaf.text.encode()
    return lambda field: field.families.family(stem)


def _root(snapshot: Snapshot, leaf: Root) -> Pick:
    root = leaf.text.encode()
    return lambda field: field.families.root(root)


def _prefix(snapshot: Snapshot, leaf: q.Prefix) -> Pick:
    prefix = leaf.text.encode()
    return lambda field: field.lists_of(range(*field.terms.prefix_range(prefix)))


def _beginning(snapshot: Snapshot, leaf: StemPrefix) -> Pick:
    prefix = leaf.text.encode()

    def pick_beginning(field: FieldPostings) -> Array:
        printed = np.arange(*field.terms.prefix_range(prefix))
        longer = [
            ordinal
            for ordinal in _iter_longer(field, leaf.text)
            if has_prefix(field.terms[ordinal].decode(), leaf.text)
        ]
        forms = distinct(np.concatenate((printed, np.array(longer, np.int64))))
        stems = np.arange(*field.families.stems.prefix_range(prefix))
        lists = (field.lists_of(forms), field.families.families_of(stems))
        return distinct(np.concatenate(lists))

    return pick_beginning


def _iter_longer(field: FieldPostings, beginning: str) -> Iterator[int]:
    """The terms whose stems are shorter than *beginning*, or may be behind its article.

    Of المكتبة the stem is مكتب, which مكتبة* is longer than.
    """
    for end in range(1, len(beginning)):
        lists = field.families.family(beginning[:end].encode())
        yield from field.ordinals_of(lists).tolist()
    if noun := after_definite_article(beginning):
        for article in DEFINITE_ARTICLES:
            prefix = (article + noun).encode()
            yield from range(*field.terms.prefix_range(prefix))


def _several(snapshot: Snapshot, leaf: q.MultiTerm) -> Pick:
    terms = list(leaf._btexts(snapshot.reader))

    def pick_terms(field: FieldPostings) -> Array:
        found = (field.terms.find(term) for term in terms)
        ordinals = sorted(at for at in found if at is not None)
        return field.lists_of(np.array(ordinals, np.int64))

    return pick_terms


_PICK: Final[dict[type, Callable[[Snapshot, Any], Pick]]] = {
    q.Term: _term,
    q.Prefix: _prefix,
    Family: _family,
    Root: _root,
    StemPrefix: _beginning,
    ManyForms: lambda snapshot, leaf: leaf.expand,
    OtherMarkings: lambda snapshot, leaf: leaf.expand,
    TermFilter: lambda snapshot, leaf: leaf.expand,
    q.MultiTerm: _several,
}
