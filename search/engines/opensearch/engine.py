"""The site's engine on a cluster: the contract, without what Haystack adds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from search.engines.contract import (
    EVERY_LEVEL,
    DateCounts,
    Document,
    EngineAnswer,
    EngineRequest,
    EngineStatus,
    FacetCounts,
    FormCount,
    Hit,
    Spelling,
    Word,
    WordStatistics,
)
from search.engines.limits import check_request
from search.engines.opensearch.answering import (
    choose_counts,
    read_hit,
    read_terms,
)
from search.engines.opensearch.asking import DATE_COUNTS, PERIOD, Asked, list_chosen
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.corpus import CorpusAnswers
from search.engines.opensearch.corpus.dates import count_dates
from search.engines.opensearch.fields import Field
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.paging import WINDOW, count_all, iter_hits, search_many
from search.engines.opensearch.query.words import Json
from search.engines.opensearch.statistics import Statistics
from search.engines.opensearch.writing import Writer
from search.errors import IndexUnavailable
from search.fields import ARTICLE_ID, DOCUMENT_HASH
from search.query import Level, Query, SpanQuery, TermQuery, walk
from search.request import Sort

log = logging.getLogger(__name__)

_ALL: Final[Json] = {"match_all": {}}
# What a results page costs a cluster, roughly: the page, each word, each scanning word.
_PAGE_SECONDS, _SECONDS_A_WORD, _SECONDS_A_SCAN = 0.05, 0.01, 0.2


class SiteEngine(CorpusAnswers):
    """Answers the site's searches from the index behind the alias of ``generations``.

    ``timeout``: seconds of a search on the cluster; ``unique``: the identifying field.
    """

    cluster: Cluster
    generations: Generations
    timeout: float
    unique: str
    fields: Callable[[], Mapping[str, Field]]

    @property
    def _index(self) -> str:
        return self.generations.name

    @property
    def _statistics(self) -> Statistics:
        return Statistics(self.cluster, self._index, self.generations.words)

    def version(self) -> int:
        """0: others may write to the cluster at any time."""
        return 0

    def run(self, request: EngineRequest) -> EngineAnswer:
        """The page of hits that *request* asks for."""
        check_request(request)
        asked = Asked(request)
        limit = request.limit
        is_window = limit is not None and request.offset + limit <= WINDOW
        size = limit if is_window else 0
        page: Json = {"from": request.offset if size else 0, "size": size}
        body = {**asked.hits(), **page, "aggs": asked.counts()}
        bodies = [self._limited(body)]
        if request.count_dates:
            # The server keeps the answer until something is written.
            bodies.append({"size": 0, "aggs": DATE_COUNTS})
        answer, *held = search_many(self.cluster, self._index, bodies)
        total = answer["hits"]["total"]["value"]
        counts = _Counts(
            self.cluster, self._index, asked, answer.get("aggregations", {})
        )
        hits = self._hits(request, answer["hits"]["hits"])
        if not is_window and request.offset < total:
            hits = self._deep_hits(request, asked)
        return EngineAnswer(
            hits=tuple(hits),
            total=total,
            facets={name: counts.facet(name) for name in request.facets},
            dates=counts.dates() if request.count_dates else None,
            held=(
                count_dates(self.cluster, self._index, _ALL, held[0]["aggregations"])
                if held
                else None
            ),
        )

    def _limited(self, body: Json) -> Json:
        return {**body, "timeout": f"{int(self.timeout * 1000)}ms"}

    def _hits(
        self, request: EngineRequest, hits: Iterable[Mapping[str, Any]]
    ) -> Iterator[Hit]:
        scored = request.sort is Sort.RELEVANCE
        return (read_hit(hit, scored=scored) for hit in hits)

    def _deep_hits(self, request: EngineRequest, asked: Asked) -> Iterator[Hit]:
        """The hits of a page beyond what the server counts from the first one."""
        end = None if request.limit is None else request.offset + request.limit
        body = self._limited(asked.hits())
        every = iter_hits(self.cluster, self._index, body)
        return self._hits(request, islice(every, request.offset, end))

    def iter_ids(self, request: EngineRequest) -> Iterator[int]:
        """The ids of all hits in order."""
        check_request(request)
        body = self._limited(Asked(request).hits())
        # The last key of every order.
        del body["docvalue_fields"]
        for hit in iter_hits(self.cluster, self._index, body):
            yield hit["sort"][-1]

    def explain(
        self,
        words: Sequence[Word],
        *,
        most_forms: int,
        levels: Collection[Level] = EVERY_LEVEL,
    ) -> tuple[WordStatistics, ...]:
        """What each of *words* stands for, with at most so many of its forms.

        Articles are counted at these *levels*.
        """
        return self._statistics.explain(words, most_forms=most_forms, levels=levels)

    def count(self, words: Sequence[Word]) -> tuple[int, ...]:
        """How many articles have each of *words*, a ``Term`` each, at its level."""
        return self._statistics.count(words)

    def complete(self, word: Word, *, limit: int) -> tuple[FormCount, ...]:
        """The forms that begin with *word*, those of most articles first."""
        return self._statistics.complete(word, limit=limit)

    def count_documents(self, words: Sequence[str]) -> tuple[int, ...]:
        """About how many articles have each of *words* as it is written."""
        return self._statistics.count_documents(words)

    def find_spellings(self, word: Word, *, limit: int) -> tuple[Spelling, ...]:
        """Words of the index that are written nearly like *word*, the best first."""
        return self._statistics.find_spellings(word, limit=limit)

    def estimate_seconds(self, query: Query) -> float:
        """About how many seconds of the cluster a results page for *query* takes."""
        seconds = _PAGE_SECONDS
        for node in dict.fromkeys(walk(query)):
            if isinstance(node, TermQuery):
                seconds += _SECONDS_A_SCAN if node.scans_terms else _SECONDS_A_WORD
            elif isinstance(node, SpanQuery):
                seconds += len(node.words) * _SECONDS_A_WORD
        return seconds

    def apply(
        self, documents: Iterable[Document], deleted: Iterable[str], *, merge_all: bool
    ) -> None:
        """Add or replace *documents* and delete others, then let searches find that.

        The server merges by itself, whatever *merge_all* says.
        """
        self.generations.ensure_live()
        name, words = self._index, self.generations.words
        writer = self._writer(name, words, aliased=True)
        writer.delete(deleted)
        for _document in writer.add(documents):
            continue
        writer.add_words()
        self.generations.refresh(name)

    def delete_where(self, query: Json) -> None:
        """Delete the documents that match *query*."""
        self.generations.ensure_live()
        self.cluster.ask(
            lambda client: client.delete_by_query(
                index=self._index, body={"query": query}, params={"refresh": "true"}
            )
        )

    def build(self, batches: Iterable[Iterable[Document]]) -> int:
        """Write all documents of *batches* to a new generation and publish it.

        Returns the number of documents. Where anything fails, the live generation
        stays as it is.
        """
        generation = self.generations.create()
        words = self.generations.words_of(generation)
        count = hashes = 0
        try:
            writer = self._writer(generation, words, aliased=False)
            for batch in batches:
                for document in writer.add(batch):
                    count += 1
                    hashes += document.get(DOCUMENT_HASH, 0)
            writer.add_words()
            self.generations.refresh(generation)
            self._check(generation, count, hashes)
            self.generations.publish(generation)
        except BaseException:
            self._discard(generation)
            raise
        return count

    def _discard(self, generation: str) -> None:
        """Delete what a failed build has left, unless the cluster is gone as well."""
        try:
            self.generations.discard(generation)
        except IndexUnavailable as error:
            # The next build deletes it.
            log.warning("The unfinished index %s is left: %s", generation, error)

    def _writer(self, index: str, words: str, *, aliased: bool) -> Writer:
        unique, fields = self.unique, self.fields()
        return Writer(
            self.cluster, index, words, fields, unique=unique, aliased=aliased
        )

    def _check(self, generation: str, documents: int, hashes: int) -> None:
        """Raise IndexUnavailable where the index is not what was written to it."""
        found = list(self._iter_hashes(generation))
        if (len(found), sum(max(each, 0) for _id, each in found)) != (
            documents,
            hashes,
        ):
            raise IndexUnavailable(_CHANGED, fragment=generation)

    def iter_hashes(self) -> Iterator[tuple[int, int]]:
        """The article and the hash of each document, ascending, of one moment."""
        return self._iter_hashes(self._index)

    def _iter_hashes(self, index: str) -> Iterator[tuple[int, int]]:
        body: Json = {
            "query": _ALL,
            "sort": [{ARTICLE_ID: "asc"}],
            "stored_fields": "_none_",
            "docvalue_fields": [DOCUMENT_HASH],
        }
        for hit in iter_hits(self.cluster, index, body):
            yield hit["sort"][0], hit.get("fields", {}).get(DOCUMENT_HASH, [-1])[0]

    def status(self) -> EngineStatus:
        """How the index stands now."""
        return self.generations.status()


class _Counts:
    """The counts of an answer, completed where the server has cut any off."""

    def __init__(
        self, cluster: Cluster, index: str, asked: Asked, found: Mapping[str, Any]
    ) -> None:
        self._cluster = cluster
        self._index = index
        self._asked = asked
        self._found = found

    def facet(self, name: str) -> FacetCounts:
        found = self._found[f"facet-{name}"]
        counts = read_terms(found["values"])
        if counts is None:
            query = self._asked.counted(name)
            counts = count_all(self._cluster, self._index, query, name)
        request = self._asked.request
        chosen = list_chosen(request.filters, name)
        missing = found["missing"]["doc_count"]
        return choose_counts(counts, missing, chosen, request.facet_limit)

    def dates(self) -> DateCounts:
        query = self._asked.counted(PERIOD)
        return count_dates(self._cluster, self._index, query, self._found["dates"])


_CHANGED: Final = _(
    "The new index is not what was written to it; the one in use stays."
    " Check the disk, then build it again with rebuild_index."
)
