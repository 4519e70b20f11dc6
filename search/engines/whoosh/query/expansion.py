"""Expands a term query to the posting lists that it stands for in a field.

Lucene calls this the rewrite of multi-term queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.arabic.prefixes import DEFINITE_ARTICLES, after_definite_article, has_prefix
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.codec.postings import FieldPostings, PostingLists
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import OtherDiacritics
from search.engines.whoosh.query.multi_term import MultiTermQuery
from search.engines.whoosh.query.nodes import Family, Root, StemPrefix
from search.engines.whoosh.query.term_tests import TermFilter

# From the index of a field in a segment to the posting lists to read, ascending.
Expansion = Callable[[FieldPostings], PostingLists]


def expand(snapshot: Snapshot, query: q.Query) -> Expansion:
    """A function from a field of a segment to the posting lists of *query*'s terms.

    Raises TypeError for a query that stands for no terms.
    """
    for kind in type(query).__mro__:
        expander = _EXPANDERS.get(kind)
        if expander is not None:
            return expander(snapshot, query)
    raise TypeError(f"{type(query).__name__} stands for no terms.")


def _expand_term(snapshot: Snapshot, query: q.Term) -> Expansion:
    text = query.text
    if not isinstance(text, bytes):
        text = snapshot.schema[query.fieldname].to_bytes(text)
    return lambda field: field.find(text)


def _expand_family(snapshot: Snapshot, query: Family) -> Expansion:
    stem = query.text.encode()
    return lambda field: field.families.family(stem)


def _expand_root(snapshot: Snapshot, query: Root) -> Expansion:
    root = query.text.encode()
    return lambda field: field.families.root(root)


def _expand_prefix(snapshot: Snapshot, query: q.Prefix) -> Expansion:
    prefix = query.text.encode()
    return lambda field: field.lists_of(range(*field.terms.prefix_range(prefix)))


def _expand_stem_prefix(snapshot: Snapshot, query: StemPrefix) -> Expansion:
    key = (StemPrefix, query.text)

    def expand_field(field: FieldPostings) -> Array:
        lists = field.expansions.get(key)
        if lists is None:
            lists = _find_with_prefix(field, query.text)
            field.expansions.put(key, lists)
        return lists

    return expand_field


def _find_with_prefix(field: FieldPostings, prefix: str) -> Array:
    """The posting lists of terms or stems with *prefix*, ascending: int64[n]."""
    encoded = prefix.encode()
    literal = np.arange(*field.terms.prefix_range(encoded))
    behind_proclitic = [
        ordinal
        for ordinal in _iter_candidates(field, prefix)
        if has_prefix(field.terms[ordinal].decode(), prefix)
    ]
    ordinals = np.concatenate((literal, np.array(behind_proclitic, np.int64)))
    stems = np.arange(*field.families.stems.prefix_range(encoded))
    of_terms = field.lists_of(distinct(ordinals))
    return distinct(np.concatenate((of_terms, field.families.families_of(stems))))


def _iter_candidates(field: FieldPostings, prefix: str) -> Iterator[int]:
    """Ordinals of terms that may have *prefix* although neither they nor their stem do.

    Their stems are shorter than the prefix (of المكتبة the stem is مكتب, which is
    shorter than مكتبة*), or an article joins the prefix's own article.
    """
    for end in range(1, len(prefix)):
        lists = field.families.family(prefix[:end].encode())
        yield from field.ordinals_of(lists).tolist()
    if noun := after_definite_article(prefix):
        for article in DEFINITE_ARTICLES:
            yield from range(*field.terms.prefix_range((article + noun).encode()))


def _expand_multi_term(snapshot: Snapshot, query: q.MultiTerm) -> Expansion:
    terms = list(query._btexts(snapshot.reader))

    def expand_field(field: FieldPostings) -> Array:
        ordinals = sorted(
            ordinal for ordinal in map(field.terms.find, terms) if ordinal is not None
        )
        return field.lists_of(np.array(ordinals, np.int64))

    return expand_field


_EXPANDERS: Final[dict[type, Callable[[Snapshot, Any], Expansion]]] = {
    q.Term: _expand_term,
    q.Prefix: _expand_prefix,
    Family: _expand_family,
    Root: _expand_root,
    StemPrefix: _expand_stem_prefix,
    MultiTermQuery: lambda snapshot, query: query.expand,
    OtherDiacritics: lambda snapshot, query: query.expand,
    TermFilter: lambda snapshot, query: query.expand,
    q.MultiTerm: _expand_multi_term,
}
