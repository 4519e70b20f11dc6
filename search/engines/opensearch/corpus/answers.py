"""The answers of `search.engines.corpus` from the words of hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np

from search.arabic.families import asked_lemmas, find_families
from search.deadline import Deadline, time_limit
from search.engines.contract import EngineRequest
from search.engines.corpus import (
    Concordance,
    ConcordanceRequest,
    Contrast,
    HeldWords,
    Overlap,
)
from search.engines.limits import check_request
from search.engines.opensearch.asking import DATE_COUNTS, Asked
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.corpus.contrast import contrast
from search.engines.opensearch.corpus.dates import Group, count_dates, iter_held
from search.engines.opensearch.corpus.occurrences import WordFinder
from search.engines.opensearch.corpus.texts import TextReader, Texts
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.paging import search_many
from search.engines.opensearch.query.compiler import of_keys
from search.engines.opensearch.query.words import Json
from search.engines.opensearch.tokens import WITHIN, Tag
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.corpus.contexts import order_by_context
from search.engines.whoosh.corpus.occurrences import Occurrences
from search.engines.whoosh.corpus.rows import Columns, build_concordance
from search.fields import CONTENT
from search.query import Query

_ALL: Final[Json] = {"match_all": {}}
# Searches that one answer may take the time of: the words of all hits are read, where
# the embedded engine has counted them before.
_PATIENCE: Final = 5


class CorpusAnswers:
    """A mixin of engines: `search.engines.corpus.CorpusEngine` on a cluster."""

    cluster: Cluster
    generations: Generations
    timeout: float

    def concordance(self, request: ConcordanceRequest) -> Concordance:
        """The page of occurrences that *request* asks for."""
        query = request.search.query
        with time_limit(self.timeout * _PATIENCE) as deadline:
            texts = self._read([_hits(request.search)], _ALL, deadline)
            [every] = texts.found
            found = self._finder(texts, deadline).find(query, every)
            sort = partial(_sort_by_context, texts, request, deadline)
            columns = Columns(texts.articles, texts.days)
            return build_concordance(found, request, columns, sort)

    def count_words(
        self, scope: EngineRequest, queries: Sequence[Query]
    ) -> tuple[HeldWords, ...]:
        """What *scope* holds by source and month, with the words of each query."""
        asked = [_hits(EngineRequest(query=query)) for query in queries]
        within = _hits(scope)
        with time_limit(self.timeout * _PATIENCE) as deadline:
            texts = self._read(asked, within, deadline)
            finder = self._finder(texts, deadline)
            occurrences = [
                _count_by_group(texts, finder.find(query, docs))
                for query, docs in zip(queries, texts.found, strict=True)
            ]
        held = iter_held(self.cluster, self.generations.name, within)
        return tuple(
            HeldWords(*group, articles, tokens, tuple(of[group] for of in occurrences))
            for group, articles, tokens in sorted(held)
        )

    def overlap(self, first: EngineRequest, second: EngineRequest) -> Overlap:
        """How many articles two searches find, and when."""
        one, other = _hits(first), _hits(second)
        both: Json = {"bool": {"filter": [one, other]}}
        bodies = [
            {"query": query, "size": 0, "track_total_hits": True, "aggs": DATE_COUNTS}
            for query in (one, other, both, _ALL)
        ]
        index = self.generations.name
        answers = search_many(self.cluster, index, bodies)
        totals = [answer["hits"]["total"]["value"] for answer in answers]
        dates = [
            count_dates(self.cluster, index, query, answer["aggregations"])
            for query, answer in zip((one, other, both, _ALL), answers, strict=True)
        ]
        return Overlap(
            first=totals[0],
            second=totals[1],
            both=totals[2],
            first_dates=dates[0],
            second_dates=dates[1],
            held=dates[3],
        )

    def contrast(
        self, first: EngineRequest, second: EngineRequest, *, limit: int
    ) -> Contrast:
        """The words that set two searches apart, at most *limit* on each side."""
        with time_limit(self.timeout * _PATIENCE) as deadline:
            texts = self._read([_hits(first), _hits(second)], _ALL, deadline)
            sides = _set_apart(*texts.found)
            return contrast(texts, *sides, deadline, limit=limit)

    def count_articles(self, words: Sequence[str]) -> tuple[int, ...]:
        """In how many articles the family of each of *words* stands."""
        families = [of_keys(Tag.LEMMA, asked_lemmas(word)) for word in words]
        bodies: list[Json] = [
            {"query": each.query(CONTENT), "size": 0, "track_total_hits": True}
            for each in families
        ]
        if not bodies:
            return ()
        answers = search_many(self.cluster, self.generations.name, bodies)
        return tuple(answer["hits"]["total"]["value"] for answer in answers)

    def _read(self, queries: Sequence[Json], scope: Json, deadline: Deadline) -> Texts:
        return TextReader(self.cluster, self.generations.name, deadline).read(
            queries, scope
        )

    def _finder(self, texts: Texts, deadline: Deadline) -> WordFinder:
        return WordFinder(self.cluster, self.generations.words, texts, deadline)


def _hits(request: EngineRequest) -> Json:
    """The query for all hits of *request*; raises QueryTooExpensive."""
    check_request(request)
    return Asked(request).all_hits


def _count_by_group(texts: Texts, found: Occurrences) -> Counter[Group]:
    """The occurrences of each source and month."""
    counts: Counter[Group] = Counter()
    by_doc = np.bincount(found.docs, minlength=len(texts.articles))
    for doc in by_doc.nonzero()[0].tolist():
        counts[texts.groups[doc]] += int(by_doc[doc])
    return counts


def _set_apart(first: Array, second: Array) -> tuple[Array, Array]:
    """Two disjoint sets of documents: what each has alone, or a part and the rest."""
    alone = first & ~second, second & ~first
    if alone[0].any() and alone[1].any():
        return alone
    # One lies within the other.
    return (first, alone[1]) if alone[1].any() else (alone[0], second)


def _sort_by_context(
    texts: Texts, request: ConcordanceRequest, deadline: Deadline, found: Occurrences
) -> Occurrences:
    """*found* by the words beside each."""
    deadline.check()
    rank = partial(_rank_words, texts, by_lemma=request.by_lemma)
    at = order_by_context(found, texts.articles, request.order, rank)
    return found.take(at)


def _rank_words(texts: Texts, wanted: Array, *, by_lemma: bool) -> Array:
    """The rank of the word at each of the *wanted* positions: int64[n].

    Where no word stands the rank is behind that of all words.
    """
    at = np.minimum(texts.encoded.searchsorted(wanted), texts.encoded.size - 1)
    numbers = texts.numbers[at]
    used, of_wanted = np.unique(numbers, return_inverse=True)
    names = _name([texts.words[number] for number in used.tolist()], by_lemma=by_lemma)
    rank_of = {name: rank for rank, name in enumerate(sorted({*names}))}
    ranks = np.array([rank_of[name] for name in names], np.int64)[of_wanted]
    ranks[texts.encoded[at] != wanted] = len(rank_of)
    return ranks


def _name(words: list[str], *, by_lemma: bool) -> list[str]:
    """What each of *words* is sorted by: its likeliest lemma, or its surface form."""
    parts = [word.split(WITHIN) for word in words]
    surfaces = [part[0] for part in parts]
    if not by_lemma:
        return surfaces
    return [
        family.lemmas[0]
        for family in find_families([part[1] for part in parts], surfaces)
    ]
