"""One search for Haystack: its options in, its dictionary of results out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.utils import get_model_ct
from whoosh import query as q

from search.arabic.analyzer import analyze
from search.engines.contract import Word
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.documents import STORED
from search.engines.opensearch.fields import Field, Kind
from search.engines.opensearch.haystack_api.counting import Counting, sorted_field
from search.engines.opensearch.haystack_api.translate import translate
from search.engines.opensearch.paging import WINDOW, iter_hits, search_many
from search.engines.opensearch.query.words import Json
from search.engines.opensearch.statistics import Statistics
from search.engines.querysets.options import Options
from search.engines.whoosh.haystack_api.compiler import HaystackCompiler
from search.engines.whoosh.haystack_api.facets import Periods
from search.engines.whoosh.haystack_api.highlighting import (
    Accept,
    find_matchers,
    highlight,
)
from search.engines.whoosh.haystack_api.lookups import word_query
from search.engines.whoosh.haystack_api.more_like_this import key_query
from search.engines.whoosh.schema import split_values
from search.query import Term

# Ties go to what was written first, as they do in the embedded engine.
_TIES: Final[list[Json]] = [{"_score": "desc"}, {"_seq_no": "asc"}, {ID: "asc"}]


@dataclass(frozen=True)
class HaystackSearch:
    """Searches the index behind an alias for Haystack.

    *indexes* are the search indexes by model, *content* is the document field's name.
    """

    cluster: Cluster
    index: str
    words: str
    fields: Mapping[str, Field]
    compiler: HaystackCompiler
    indexes: Mapping[Any, Any]
    content: str

    def compile(self, query: str) -> q.Query:
        """The Whoosh query for Haystack's *query*; raises SearchBackendError."""
        return self.compiler.compile(query)

    def similar_query(self, text: Any, identifier: str) -> q.Query:
        """The query for the key words of *text*, without one document."""
        like = key_query(
            self.fields[self.content].type,
            self.content,
            text,
            count=self._count_each,
            documents=self._count_each([q.Every()])[0],
        )
        return q.AndNot(like, q.Term(ID, identifier))

    def _count_each(self, queries: Sequence[q.Query]) -> list[int]:
        """How many documents match each of *queries*."""
        filters = [translate(query, self.fields) for query in queries]
        body = {"size": 0, "aggs": {"each": {"filters": {"filters": filters}}}}
        [answer] = search_many(self.cluster, self.index, [body])
        buckets = answer["aggregations"]["each"]["buckets"]
        return [bucket["doc_count"] for bucket in buckets]

    def find(self, query: q.Query, options: Options) -> dict[str, Any]:
        """Haystack's results of the slice, the exact number of hits, and facets.

        Raises SearchBackendError for a field that cannot be sorted or counted by and
        for queries that the fields cannot answer.
        """
        passing = self._passing(query, options)
        body: Json = {
            "query": passing,
            "sort": [*self._iter_sort(options.sort_by), *_TIES],
            "track_scores": True,
            "_source": [STORED],
        }
        total, hits = self._page(body, options)
        counting = Counting(self.cluster, self.index, self.fields, passing, total)
        matchers = find_matchers(query, self.content) if options.highlight else None
        return {
            "results": [self._result(hit, matchers, options) for hit in hits],
            "hits": total,
            "facets": self._count(counting, options),
            "spelling_suggestion": None,
        }

    def _passing(self, query: q.Query, options: Options) -> Json:
        """*query* with the filters of the requested models and the narrow queries."""
        declared = {get_model_ct(model) for model in self.indexes}
        labels = {get_model_ct(model) for model in options.models} or declared
        filters: list[Json] = [{"terms": {DJANGO_CT: sorted(labels & declared)}}]
        filters += [
            translate(self.compile(text), self.fields)
            for text in options.narrow_queries
        ]
        return {"bool": {"must": [translate(query, self.fields)], "filter": filters}}

    def _iter_sort(self, names: Iterable[str]) -> Iterator[Json]:
        for name in names:
            key = sorted_field(self.fields, name.removeprefix("-"))
            order = "desc" if name.startswith("-") else "asc"
            yield {key: {"order": order, "missing": "_last", "unmapped_type": "long"}}

    def _page(self, body: Json, options: Options) -> tuple[int, list[Json]]:
        """The number of all hits, and those of the slice."""
        start, end = options.start_offset, options.end_offset
        # An end of 0 counts as 1, as in `Options.slice_of`.
        size = 0 if end is None else max(end, 1) - start
        within = size > 0 and start + size <= WINDOW
        page = {"from": start if within else 0, "size": size if within else 0}
        [answer] = search_many(
            self.cluster, self.index, [{**body, **page, "track_total_hits": True}]
        )
        total = int(answer["hits"]["total"]["value"])
        if within:
            return total, answer["hits"]["hits"]
        first, last = options.slice_of(total)
        if first >= last:
            return total, []
        every = iter_hits(self.cluster, self.index, body)
        return total, list(islice(every, first, last))

    def _count(self, counting: Counting, options: Options) -> dict[str, Any]:
        if not (options.facets or options.date_facets or options.query_facets):
            return {}
        return {
            "fields": {
                name: counting.values(name, limit)
                for name, limit in options.facet_limits().items()
            },
            "dates": {
                name: counting.periods(name, Periods.of(facet))
                for name, facet in options.date_facets.items()
            },
            "queries": {
                f"{name}:{text}": counting.matching(
                    translate(self.compiler.parse(text, name), self.fields)
                )
                for name, text in options.query_facet_pairs()
            },
        }

    def _result(
        self, hit: Json, matchers: list[Accept] | None, options: Options
    ) -> Any:
        stored = {
            name: self.fields[name].restore(value)
            for name, value in hit["_source"][STORED].items()
            if name in self.fields
        }
        label, pk = stored.pop(DJANGO_CT), stored.pop(DJANGO_ID)
        by_label = {get_model_ct(model): index for model, index in self.indexes.items()}
        declared = by_label[label].fields
        values = {
            name: declared[name].convert(value) if name in declared else value
            for name, value in stored.items()
            if not options.fields or name in options.fields
        }
        if matchers is not None and self.content in stored:
            text = "\n".join(split_values(stored[self.content])).strip()
            marked = highlight(text, self.fields[self.content].type, matchers)
            values["highlighted"] = {self.content: [marked]}
        app_label, model_name = label.split(".")
        score = hit["_score"] or 0.0
        return options.result_class(app_label, model_name, pk, score, **values)

    def suggest(self, text: str) -> str | None:
        """*text* with each word that finds nothing replaced by the nearest that does.

        ``None`` where no word is replaced, and where the field of the text has an
        analyzer of its own, whose terms need not be words.
        """
        if self.fields[self.content].kind is not Kind.TEXT:
            return None
        words = [each.printed for each in analyze(text)]
        respelled = [self._respell(word) or word for word in words]
        return " ".join(respelled) if respelled != words else None

    def _respell(self, word: str) -> str | None:
        target = self.compiler.target("content")
        if target is None or self._count_each([word_query(target, word)])[0]:
            return None
        statistics = Statistics(self.cluster, self.index, self.words)
        near = statistics.find_spellings(Word(Term(word), target.name), limit=1)
        # Haystack's back ends suggest terms, which are in lower case.
        return near[0].word.lower() if near else None
