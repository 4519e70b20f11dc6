"""Where the words of a query stand in texts that were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from search.arabic.diacritics import are_compatible
from search.deadline import Deadline
from search.engines.corpus import list_words
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.corpus.texts import Texts
from search.engines.opensearch.documents import SURFACE, TELLING_FORM
from search.engines.opensearch.paging import WINDOW, iter_hits, search_many
from search.engines.opensearch.query.compiler import compile_leaf
from search.engines.opensearch.query.words import Json, Marked, Word
from search.engines.opensearch.tokens import WITHIN
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.corpus.occurrences import Occurrences, join_words
from search.engines.whoosh.execution.positions import (
    POSITION_BITS,
    phrase_starts,
    window_sizes,
    window_starts,
)
from search.fields import CONTENT
from search.query import Query


class WordFinder:
    """Finds words in *texts*; what each stands for is asked of the index *words*."""

    def __init__(
        self, cluster: Cluster, words: str, texts: Texts, deadline: Deadline
    ) -> None:
        self._cluster = cluster
        self._words = words
        self._texts = texts
        self._deadline = deadline
        self._forms = texts.forms

    def find(self, query: Query, docs: Array) -> Occurrences:
        """The occurrences of the words of *query* in the documents *docs*, ascending.

        *docs* is bool[n_docs]. Where several begin at one position, the longest counts.
        """
        leaves = list_words(query)
        compiled = [compile_leaf(leaf) for _field, leaf in leaves]
        flags = self._flag_words(
            {word for words, _window in compiled for word in words}
        )
        inside = docs[self._texts.encoded >> POSITION_BITS]
        found = []
        for (field, _leaf), (words, window) in zip(leaves, compiled, strict=True):
            self._deadline.check()
            within = inside if field == CONTENT else inside & self._texts.in_title
            positions = [
                self._texts.encoded[flags[word][self._texts.numbers] & within]
                for word in words
            ]
            found.append(_find_together(positions, window))
        return join_words(found)

    def _flag_words(self, words: Iterable[Word]) -> dict[Word, Array]:
        """Whether each word of the texts is one that each of *words* stands for."""
        asked = list(words)
        forms = self._list_forms([word.of_words() for word in asked])
        return {
            word: self._flag(word, own) for word, own in zip(asked, forms, strict=True)
        }

    def _flag(self, word: Word, forms: set[str]) -> Array:
        flags = np.fromiter(map(forms.__contains__, self._forms), bool)
        if isinstance(word, Marked):
            for at in flags.nonzero()[0].tolist():
                surface, _shown, *marked = self._texts.words[at].split(WITHIN, 2)
                if marked and surface == word.surface:
                    flags[at] = are_compatible(marked[0], word.form)
        return flags

    def _list_forms(self, queries: Sequence[Json]) -> list[set[str]]:
        """The forms of the archive that match each query, however many."""
        if not queries:
            return []
        bodies = [
            {
                "query": {"bool": {"filter": query}},
                "sort": [{SURFACE: "asc"}, {TELLING_FORM: "asc"}],
                "size": WINDOW,
                "stored_fields": "_none_",
                "track_total_hits": False,
            }
            for query in queries
        ]
        answers = search_many(self._cluster, self._words, bodies)
        return [
            set(self._iter_forms(body, answer["hits"]["hits"]))
            for body, answer in zip(bodies, answers, strict=True)
        ]

    def _iter_forms(self, body: Json, hits: list[Json]) -> Iterator[str]:
        if len(hits) == WINDOW:
            # The server has more of them.
            yield from map(_form, iter_hits(self._cluster, self._words, body))
        else:
            yield from map(_form, hits)


def _form(hit: Json) -> str:
    """The form of a hit, of which the sort has both parts."""
    return WITHIN.join(hit["sort"])


def _find_together(
    positions: Sequence[Array], window: int | None
) -> tuple[Array, Array]:
    """The starts and the tokens of words with these positions that stand together."""
    if not positions:
        none = np.empty(0, np.int64)
        return none, none
    if window is None:
        starts = phrase_starts(positions)
        return starts, np.full(starts.size, len(positions))
    starts = window_starts(positions, window)
    return starts, window_sizes(positions, starts)
