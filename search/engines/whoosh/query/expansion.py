"""Expands a term query to the posting lists that it stands for in a field.

Lucene calls this the rewrite of multi-term queries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
from whoosh import query as q

from search.arabic.families import split_itself
from search.arabic.prefixes import beginnings, has_prefix, prime_prefix
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.codec.families import PostingLists
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.diacritics import LikeliestFamily, OtherDiacritics
from search.engines.whoosh.query.multi_term import MultiTermQuery
from search.engines.whoosh.query.nodes import (
    Family,
    LightStem,
    NamePart,
    PrintedTerm,
    Root,
    StemPrefix,
)
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


def _expand_printed(snapshot: Snapshot, query: PrintedTerm) -> Expansion:
    term = query.text.encode()
    return lambda field: field.find_printed(term, query.display_form)


def _expand_forms(snapshot: Snapshot, query: NamePart | LightStem) -> Expansion:
    forms = [form.encode() for form in query.forms]

    return lambda field: field.lists_of(field.terms.find_all(forms))


def _expand_family(snapshot: Snapshot, query: Family) -> Expansion:
    return _expand_keys(query.keys, lambda field: field.families.of_lemmas)


def _expand_likeliest(snapshot: Snapshot, query: LikeliestFamily) -> Expansion:
    lemmas = [key.encode() for key in query.keys]

    def expand_field(field: FieldPostings) -> PostingLists:
        families = field.families
        if families.lemmas is None:
            return range(0)
        ordinals = [families.lemmas.find(lemma) for lemma in lemmas]
        known = [each for each in ordinals if each is not None]
        lists = np.asarray(families.of_lemmas(lemmas), np.int64)
        return lists[np.isin(families.likeliest(lists), known)]

    return expand_field


def _expand_root(snapshot: Snapshot, query: Root) -> Expansion:
    return _expand_keys(query.keys, lambda field: field.families.of_roots)


def _expand_keys(
    keys: Iterable[str],
    finder: Callable[[FieldPostings], Callable[[Iterable[bytes]], PostingLists]],
) -> Expansion:
    """The lists of lemmas or roots, and of forms that stand for themselves."""
    of_words, forms = (
        [key.encode() for key in part] for part in split_itself(tuple(keys))
    )

    def expand_field(field: FieldPostings) -> PostingLists:
        lists = finder(field)(of_words)
        if not forms:
            return lists
        every = [lists, *map(field.find, forms)]
        return distinct(np.concatenate([np.asarray(each, np.int64) for each in every]))

    return expand_field


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
    """The posting lists of the terms with *prefix*, ascending: int64[n]."""
    literal = np.arange(*field.terms.prefix_range(prefix.encode()))
    candidates = {
        ordinal: field.terms[ordinal].decode()
        for beginning in beginnings(prefix)
        for ordinal in range(*field.terms.prefix_range(beginning.encode()))
    }
    prime_prefix(candidates.values(), prefix)
    behind_proclitic = [
        ordinal for ordinal, term in candidates.items() if has_prefix(term, prefix)
    ]
    ordinals = np.concatenate((literal, np.array(behind_proclitic, np.int64)))
    return field.lists_of(distinct(ordinals))


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
    LikeliestFamily: _expand_likeliest,
    Family: _expand_family,
    Root: _expand_root,
    PrintedTerm: _expand_printed,
    NamePart: _expand_forms,
    LightStem: _expand_forms,
    StemPrefix: _expand_stem_prefix,
    MultiTermQuery: lambda snapshot, query: query.expand,
    OtherDiacritics: lambda snapshot, query: query.expand,
    TermFilter: lambda snapshot, query: query.expand,
    q.MultiTerm: _expand_multi_term,
}
