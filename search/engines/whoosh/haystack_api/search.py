"""One search as Haystack asks for it: options in, Haystack's dictionary out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final, Self

import numpy as np
from haystack.constants import DJANGO_CT, DJANGO_ID
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.utils import get_model_ct
from whoosh import query as q

from search.arabic.analyzer import analyze
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

# How other engines of Haystack name the most values of a facet.
_FACET_LIMITS: Final = ("limit", "size")
_NO_SUCH_SEARCH: Final = ("within", "dwithin", "distance_point")


@dataclass(frozen=True, slots=True)
class Options:
    """What Haystack may ask beside the query, by its names."""

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
    def of(cls, asked: Mapping[str, Any]) -> Self:
        """The options that are asked for; raises SearchBackendError for places."""
        places = [name for name in _NO_SUCH_SEARCH if asked.get(name)]
        if places:
            raise SearchBackendError("This engine cannot search by place.")
        known = {one.name for one in fields(cls)}
        given = {key: one for key, one in asked.items() if one is not None}
        return cls(**{key: one for key, one in given.items() if key in known})

    def facet_limits(self) -> dict[str, int | None]:
        """The facets to count and how many values of each, ``None`` for all."""
        # A bare list of names is allowed as well.
        return {
            name: next(
                (
                    self.facets[name][key]
                    for key in _FACET_LIMITS
                    if isinstance(self.facets, Mapping) and key in self.facets[name]
                ),
                None,
            )
            for name in self.facets
        }

    def query_facet_pairs(self) -> Iterable[tuple[str, str]]:
        """Field and text of each query facet, which may come as a mapping too."""
        asked = self.query_facets
        return asked.items() if isinstance(asked, Mapping) else asked

    def places(self, count: int) -> tuple[int, int]:
        """First and one past the last hit wanted of *count*.

        Haystack asks for none where it wants to know only that there are some, and
        expects one.
        """
        end = count if self.end_offset is None else max(self.end_offset, 1)
        return min(self.start_offset, count), max(min(end, count), self.start_offset)


class HaystackSearch:
    """Searches *snapshot* for Haystack.

    *indexes* are the search indexes by model, *content* the field of the text.
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
        self._indexes = {get_model_ct(model): one for model, one in indexes.items()}
        self._content = content

    def find(self, query: q.Query, options: Options) -> dict[str, Any]:
        """Haystack's answer: results of the slice, exact hits, facets.

        Raises SearchBackendError for what the fields cannot answer.
        """
        hits = self._restrict(evaluate(self._snapshot, query), options)
        first, last = options.places(len(hits.docs))
        try:
            shown = order(
                self._snapshot, hits.docs, options.sort_by, (first, last), hits.scores
            )
            facets = self._count(hits.docs, options)
        except ValueError as error:
            raise SearchBackendError(str(error)) from error
        return {
            "results": self._results(query, hits, shown, options),
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
        words = [text[token.start : token.end] for token in analyze(text)]
        respelled = [self._respell(target, word) or word for word in words]
        return " ".join(respelled) if respelled != words else None

    def _respell(self, target: Target, word: str) -> str | None:
        if Matching(self._snapshot).find(word_query(target, word)).size:
            return None
        near = find_spellings(self._snapshot, Word(Term(word), target.name), limit=1)
        # Haystack's back ends suggest terms, which are in lower case.
        return near[0].word.lower() if near else None

    def _restrict(self, hits: ScoredDocs, options: Options) -> ScoredDocs:
        """The hits of the models asked for, or of any that is declared, narrowed."""
        asked = {get_model_ct(model) for model in options.models} or set(self._indexes)
        choices = sorted(asked & set(self._indexes))
        kept = [q.Or([q.Term(DJANGO_CT, name) for name in choices])]
        kept.extend(self._compiler.compile(one) for one in options.narrow_queries)
        for query in kept:
            if not hits.docs.size:
                break
            passing = Matching(self._snapshot).find(query)
            chosen = np.isin(hits.docs, passing, assume_unique=True)
            hits = ScoredDocs(hits.docs[chosen], hits.scores[chosen])
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
                name: self._count_dates(name, docs, asked)
                for name, asked in options.date_facets.items()
            },
            "queries": {
                f"{name}:{text}": self._count_query(name, text, docs)
                for name, text in options.query_facet_pairs()
            },
        }

    def _count_dates(self, name: str, docs: Array, asked: Mapping[str, Any]) -> Counts:
        start: date = asked["start_date"]
        periods = Periods(
            to_moment(start),
            to_moment(asked["end_date"]),
            asked["gap_by"],
            asked.get("gap_amount", 1),
        )
        return count_periods(self._snapshot, name, docs, periods)

    def _count_query(self, name: str, text: str, docs: Array) -> int:
        passing = Matching(self._snapshot).find(self._compiler.parse(text, name))
        return int(np.isin(docs, passing, assume_unique=True).sum())

    def _results(
        self, query: q.Query, hits: ScoredDocs, shown: Array, options: Options
    ) -> list[Any]:
        matchers = (
            find_matchers(self._snapshot, query, self._content)
            if options.highlight
            else None
        )
        return [
            self._result(int(hits.docs[at]), float(hits.scores[at]), matchers, options)
            for at in shown.tolist()
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
        known = self._indexes[label].fields
        shown = {
            name: known[name].convert(value) if name in known else value
            for name, value in stored.items()
            if not options.fields or name in options.fields
        }
        if matchers is not None and self._content in stored:
            text = "\n".join(split_values(stored[self._content])).strip()
            marked = highlight(text, self._snapshot.schema[self._content], matchers)
            shown["highlighted"] = {self._content: [marked]}
        app_label, model_name = label.split(".")
        return options.result_class(app_label, model_name, pk, score, **shown)
