"""Words by month and source: how many are held, and how often some of them occur.

What is held comes from the column of lengths, so that no text is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from search.arabic.families import asked_lemmas
from search.engines.contract import EngineRequest
from search.engines.corpus import HeldWords
from search.engines.whoosh.arrays import Array, distinct
from search.engines.whoosh.corpus.occurrences import find_occurrences
from search.engines.whoosh.execution.filters import find_hits
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.index.snapshot import Snapshot
from search.fields import CONTENT
from search.query import Query

_SOURCE: Final = "source"


def count_words(
    matching: Matching, scope: EngineRequest, queries: Sequence[Query]
) -> tuple[HeldWords, ...]:
    """What *scope* holds by source and month, with the occurrences of each query."""
    snapshot = matching.snapshot
    docs = find_hits(matching, scope)
    months = snapshot.date_histogram.months(docs)
    sources, labels = _sources(snapshot, docs)
    pairs = np.stack((sources, months))
    groups, of_docs = np.unique(pairs, axis=1, return_inverse=True)
    of_docs = of_docs.reshape(-1)
    size = groups.shape[1]
    articles = np.bincount(of_docs, minlength=size)
    tokens = np.bincount(of_docs, snapshot.lengths(CONTENT)[docs], size)
    occurrences = [
        np.bincount(of_docs, count[docs], size)
        for count in _count_each(matching, scope, queries, docs)
    ]
    columns = np.stack((*groups, articles, tokens, *occurrences)).astype(np.int64)
    return tuple(
        HeldWords(labels[source] if source >= 0 else "", month, held, words, tuple(of))
        for source, month, held, words, *of in columns.T.tolist()
    )


def _count_each(
    matching: Matching, scope: EngineRequest, queries: Sequence[Query], docs: Array
) -> Iterator[Array]:
    """The occurrences of each query in each document: int64[max_doc]."""
    snapshot = matching.snapshot
    inside = np.zeros(snapshot.max_doc, bool)
    inside[docs] = True
    for query in queries:
        hits = find_hits(matching, EngineRequest(query=query))
        found = find_occurrences(matching, query, hits[inside[hits]])
        yield np.bincount(found.docs, minlength=snapshot.max_doc)


def _sources(snapshot: Snapshot, docs: Array) -> tuple[Array, Sequence[str]]:
    """The ordinal of the source of each of *docs*, -1 without one, and all sources."""
    column = snapshot.sorted_set_doc_values(_SOURCE)
    if column is None:
        return np.full(docs.size, -1), ()
    return column.lowest[docs].astype(np.int64), column.labels


def count_articles(snapshot: Snapshot, words: Sequence[str]) -> tuple[int, ...]:
    """In how many live documents the family of each of *words* stands."""
    counts = [0] * len(words)
    for base, field in snapshot.fields(CONTENT):
        for at, word in enumerate(words):
            lemmas = (lemma.encode() for lemma in asked_lemmas(word))
            docs = distinct(field.docs(field.families.of_lemmas(lemmas)) + base)
            if snapshot.live_docs is not None:
                docs = docs[snapshot.live_docs[docs]]
            counts[at] += docs.size
    return tuple(counts)
