"""Completion: the terms that begin so, with most documents.

Reads how many documents have each of the terms, and documents only of the few that are
offered: a beginning that a tenth of the lexicon has costs a millisecond.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np

from search.engines.contract import FormCount
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.index.snapshot import Snapshot

# Terms of each segment that are counted exactly, for each one asked for: those of other
# segments, and those of deleted documents alone, may have to be left out.
_LOOKED_AT: Final = 4


def complete(
    snapshot: Snapshot, field_name: str, beginning: str, *, limit: int
) -> tuple[FormCount, ...]:
    """At most *limit* terms that begin with *beginning*, by live documents, most first.

    *beginning* is folded as terms are. Terms of deleted documents alone are left out.
    """
    prefix = beginning.encode()
    fields = list(snapshot.fields(field_name))
    terms: dict[bytes, None] = {}
    for _base, field in fields:
        for ordinal in _find_frequent(field, prefix, limit * _LOOKED_AT):
            terms.setdefault(field.terms[ordinal])
    articles: defaultdict[bytes, int] = defaultdict(int)
    live = snapshot.live_docs
    spellings: dict[bytes, str] = {}
    for base, field in fields:
        for term in terms:
            lists = np.asarray(field.find(term), np.int64)
            if not lists.size:
                continue
            # Flags, because sorting the documents of a common word takes longer.
            has_term = np.zeros(snapshot.max_doc, bool)
            has_term[field.docs(lists) + base] = True
            if live is not None:
                has_term &= live
            articles[term] += int(np.count_nonzero(has_term))
            largest = int(lists[np.argmax(field.doc_freqs(lists))])
            spellings.setdefault(term, field.display_forms[largest])
    found = sorted(articles, key=lambda term: (-articles[term], term))
    return tuple(
        FormCount(term.decode(), spellings[term], articles[term])
        for term in found[:limit]
        if articles[term]
    )


def _find_frequent(field: FieldPostings, prefix: bytes, limit: int) -> list[int]:
    """The ordinals of the *limit* most frequent terms of a segment that begin so."""
    first, last = field.terms.prefix_range(prefix)
    if first >= last:
        return []
    lists = field.lists_of(range(first, last))
    # A document may have a term in several of its lists: nearly right is enough here.
    ordinals = field.ordinals_of(lists) - first
    counts = np.bincount(ordinals, field.doc_freqs(lists), last - first)
    if counts.size > limit:
        frequent = np.argpartition(-counts, limit)[:limit]
    else:
        frequent = np.arange(counts.size)
    return [first + at for at in frequent.tolist()]


def count_documents(
    snapshot: Snapshot, field_name: str, terms: Iterable[str]
) -> tuple[int, ...]:
    """The document frequency of each of *terms*, from the dictionaries alone.

    Documents that have a term printed in several ways, or were deleted, may be counted
    more than once, or still.
    """
    fields = [field for _base, field in snapshot.fields(field_name)]
    return tuple(
        sum(field.size(field.find(term.encode())) for field in fields) for term in terms
    )
