"""One search for Haystack: its options in, its dictionary of results out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final, Self

import numpy as np
from haystack.constants import DJANGO_CT, DJANGO_ID
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.utils import get_model_ct
from whoosh import query as q

from search.arabic.analyzer import analyze
from search.deadline import Deadline
from search.engines.contract import Word
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.execution.matching import Matching
from search.engines.whoosh.execution.scoring import ScoredDocs, evaluate
from search.engines.whoosh.execution.term_statistics import find_spellings
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.haystack_api.compiler import HaystackCompiler
from search.engines.whoosh.haystack_api.facets import (
    Counts,
    Periods,
    count_periods,
    count_values,
    to_moment,
)
from search.engines.whoosh.haystack_api.highlighting import (
    Accept,
    find_matchers,
    highlight,
)
from search.engines.whoosh.haystack_api.lookups import word_query
from search.engines.whoosh.haystack_api.sort_values import order
from search.engines.whoosh.haystack_api.value_lookups import Target
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.schema import split_values
from search.query import Term

# What Haystack's other back ends call the number of values of a facet.
_LIMIT_KEYS: Final = ("limit", "size")
# Options of spatial searches, which this engine does not have.
_SPATIAL_OPTIONS: Final = ("within", "dwithin", "distance_point")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a search that this engine heeds, by Haystack's names.

    ``sort_by``: names of fields, with a minus for descending order
    ``start_offset``, ``end_offset``: the slice of the hits; ``None`` is the end
    ``fields``: names of the stored fields of the results; none for all
    ``highlight``: whether results have ``highlighted``; Haystack may give a dictionary
    ``facets``: options by field, of which ``limit`` and ``size`` count; or a list
    ``date_facets``: by field start_date, end_date, gap_by and gap_amount
    ``query_facets``: fields and raw queries, as pairs or as a dictionary
    ``narrow_queries``: queries that filter the hits
    ``spelling_query``: the text to correct in place of the query's
    ``models``: models of the hits; none for all with a search index
    ``result_class``: the class of results
    """

    sort_by: Sequence[str] = ()
    start_offset: int = 0
    end_offset: int | None = None
    fields: Collection[str] = ()
    highlight: Any = False
    facets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    date_facets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    query_facets: Mapping[str, str] | Sequence[tuple[str, str]] = ()
    narrow_queries: Iterable[str] = ()
    spelling_query: str | None = None
    models: Iterable[Any] = ()
    result_class: type[Any] = SearchResult

    @classmethod
    def select(cls, options: Mapping[str, Any]) -> Self:
        """The known ones of Haystack's *options*, those of ``None`` left out.

        Raises SearchBackendError for a spatial search.
        """
        if any(options.get(name) for name in _SPATIAL_OPTIONS):
            raise SearchBackendError("This engine cannot search by place.")
        known = {option.name for option in fields(cls)}
        return cls(
            **{
                name: value
                for name, value in options.items()
                if name in known and value is not None
            }
        )

    def facet_limits(self) -> dict[str, int | None]:
        """The number of values of each facet, ``None`` for all."""
        if not isinstance(self.facets, Mapping):
            return dict.fromkeys(self.facets)
        return {
            name: next((facet[key] for key in _LIMIT_KEYS if key in facet), None)
            for name, facet in self.facets.items()
        }

    def query_facet_pairs(self) -> Iterable[tuple[str, str]]:
        """Field and raw query of each query facet."""
        facets = self.query_facets
        return facets.items() if isinstance(facets, Mapping) else facets

    def slice_of(self, count: int) -> tuple[int, int]:
        """The first and one past the last hit to show of *count*.

        An end of 0 counts as 1, because Haystack asks so and expects a result.
        """
        end = count if self.end_offset is None else max(self.end_offset, 1)
        return min(self.start_offset, count), max(min(end, count), self.start_offset)


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
        periods = Periods(
            to_moment(facet["start_date"]),
            to_moment(facet["end_date"]),
            facet["gap_by"],
            facet.get("gap_amount", 1),
        )
        return count_periods(self._snapshot, name, docs, periods)

    def _count_query(self, name: str, text: str, docs: Array) -> int:
        matching = Matching(self._snapshot).find(self._compiler.parse(text, name))
        return int(np.isin(docs, matching, assume_unique=True).sum())

    def _results(
        self, query: q.Query, hits: ScoredDocs, page: Array, options: Options
    ) -> list[Any]:
        matchers = (
            find_matchers(self._snapshot, query, self._content)
            if options.highlight
            else None
        )
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
