"""One search for Haystack: its options in, its dictionary of results out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from haystack.utils import get_model_ct
from whoosh import query as q

from search.arabic.analyzer import analyze
from search.deadline import Deadline
from search.engines.contract import Word
from search.engines.querysets.options import Options
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.postings_reader import PostingsReader
from search.engines.whoosh.execution.scoring import ScoredDocs, evaluate
from search.engines.whoosh.execution.term_statistics import find_spellings
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.haystack_api.compiler import HaystackCompiler
from search.engines.whoosh.haystack_api.facets import (
    Counts,
    Periods,
    count_periods,
    count_values,
)
from search.engines.whoosh.haystack_api.highlighting import (
    Accept,
    find_matchers,
    highlight,
)
from search.engines.whoosh.haystack_api.lookups import word_query
from search.engines.whoosh.haystack_api.more_like_this import key_query
from search.engines.whoosh.haystack_api.sort_values import order
from search.engines.whoosh.haystack_api.value_lookups import Target
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.schema import split_values
from search.query import Term


class HaystackSearch:
    """Searches a snapshot of the index for Haystack.

    *indexes* are the search indexes by model, *content* is the document field's name.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        compiler: HaystackCompiler,
        *,
        indexes: Mapping[Any, Any],
        content: str,
    ) -> None:
        self._snapshot = snapshot
        self._compiler = compiler
        self._indexes = {get_model_ct(model): index for model, index in indexes.items()}
        self._content = content

    def compile(self, query: str) -> q.Query:
        """The Whoosh query for Haystack's *query*; raises SearchBackendError."""
        return self._compiler.compile(query)

    def find(self, query: q.Query, options: Options) -> dict[str, Any]:
        """Haystack's results of the slice, the exact number of hits, and facets.

        Raises SearchBackendError for a field that cannot be sorted or counted by and
        for queries that the fields cannot answer.
        """
        hits = self._filter(evaluate(self._snapshot, query), options)
        bounds = options.slice_of(len(hits.docs))
        try:
            page = order(
                self._snapshot, hits.docs, options.sort_by, bounds, hits.scores
            )
            facets = self._count(hits.docs, options)
        except ValueError as error:
            raise SearchBackendError(str(error)) from error
        return {
            "results": self._results(query, hits, page, options),
            "hits": len(hits.docs),
            "facets": facets,
            "spelling_suggestion": None,
        }

    def suggest(self, text: str) -> str | None:
        """*text* with each word that finds nothing replaced by the nearest that does.

        ``None`` where no word is replaced, and where the field of the text has an
        analyzer of its own, whose terms need not be words.
        """
        target = self._compiler.target("content")
        if target is None or kind_of(target.field) is not Kind.ARABIC_TEXT:
            return None
        words = [token.printed for token in analyze(text)]
        respelled = [self._respell(target, word) or word for word in words]
        return " ".join(respelled) if respelled != words else None

    def _respell(self, target: Target, word: str) -> str | None:
        if Matching(self._snapshot).find(word_query(target, word)).size:
            return None
        slot = Word(Term(word), target.name)
        near = find_spellings(self._snapshot, slot, Deadline(None), limit=1)
        # Haystack's back ends suggest terms, which are in lower case.
        return near[0].word.lower() if near else None

    def similar_query(self, text: Any, identifier: str) -> q.Query:
        """The query for the key words of *text*, without one document.

        *text* is a value of the document field.
        """
        if self._content not in self._snapshot.schema:
            return q.NullQuery
        postings = PostingsReader(self._snapshot)
        like = key_query(
            self._snapshot.schema[self._content],
            self._content,
            text,
            count=lambda terms: [postings.read(term).doc_freq for term in terms],
            # Deleted documents count.
            documents=self._snapshot.max_doc,
        )
        return q.AndNot(like, q.Term(ID, identifier))

    def _filter(self, hits: ScoredDocs, options: Options) -> ScoredDocs:
        """The hits of the requested models that pass the narrow queries."""
        labels = {get_model_ct(model) for model in options.models} or {*self._indexes}
        declared = sorted(labels & set(self._indexes))
        filters = [q.Or([q.Term(DJANGO_CT, label) for label in declared])]
        filters += [self._compiler.compile(text) for text in options.narrow_queries]
        for query in filters:
            if not hits.docs.size:
                break
            matching = Matching(self._snapshot).find(query)
            passes = np.isin(hits.docs, matching, assume_unique=True)
            hits = ScoredDocs(hits.docs[passes], hits.scores[passes])
        return hits

    def _count(self, docs: Array, options: Options) -> dict[str, Any]:
        if not (options.facets or options.date_facets or options.query_facets):
            return {}
        limits = options.facet_limits()
        return {
            "fields": {
                name: count_values(self._snapshot, name, docs, limit)
                for name, limit in limits.items()
            },
            "dates": {
                name: self._count_dates(name, docs, facet)
                for name, facet in options.date_facets.items()
            },
            "queries": {
                f"{name}:{text}": self._count_query(name, text, docs)
                for name, text in options.query_facet_pairs()
            },
        }

    def _count_dates(self, name: str, docs: Array, facet: Mapping[str, Any]) -> Counts:
        return count_periods(self._snapshot, name, docs, Periods.of(facet))

    def _count_query(self, name: str, text: str, docs: Array) -> int:
        matching = Matching(self._snapshot).find(self._compiler.parse(text, name))
        return int(np.isin(docs, matching, assume_unique=True).sum())

    def _results(
        self, query: q.Query, hits: ScoredDocs, page: Array, options: Options
    ) -> list[Any]:
        matchers = find_matchers(query, self._content) if options.highlight else None
        return [
            self._result(int(hits.docs[at]), float(hits.scores[at]), matchers, options)
            for at in page.tolist()
        ]

    def _result(
        self,
        docnum: int,
        score: float,
        matchers: list[Accept] | None,
        options: Options,
    ) -> Any:
        stored = self._snapshot.stored_fields(docnum)
        label, pk = stored.pop(DJANGO_CT), stored.pop(DJANGO_ID)
        declared = self._indexes[label].fields
        values = {
            name: declared[name].convert(value) if name in declared else value
            for name, value in stored.items()
            if not options.fields or name in options.fields
        }
        if matchers is not None and self._content in stored:
            text = "\n".join(split_values(stored[self._content])).strip()
            field = self._snapshot.schema[self._content]
            values["highlighted"] = {self._content: [highlight(text, field, matchers)]}
        app_label, model_name = label.split(".")
        return options.result_class(app_label, model_name, pk, score, **values)
