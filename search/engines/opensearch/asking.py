"""A request of the site as one body of OpenSearch's search.

Filters that a count leaves out stand behind the query (``post_filter``), so that one
pass over the matching documents gives hits, total and all counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from search.engines.contract import EngineRequest
from search.engines.opensearch.documents import MONTH, YEAR
from search.engines.opensearch.query.compiler import compile_period, compile_query
from search.engines.opensearch.query.words import Json
from search.fields import ARTICLE_ID, DATE_FIRST, DOCUMENT_HASH
from search.request import NOT_STATED, FacetFilter, Sort

# The name of the period among the filters; no facet has it.
PERIOD: Final = "period"
# Values that are counted in the same request. Whoever has more is counted in batches.
MAX_BUCKETS: Final = 10_000
_EVERYTHING: Final[Json] = {"match_all": {}}
_BY_DATE: Final[Json] = {DATE_FIRST: {"order": "desc", "missing": "_last"}}
_SORTS: Final[dict[Sort, list[Json]]] = {
    # Ties go to the newest, then to the highest id.
    Sort.RELEVANCE: [{"_score": "desc"}, _BY_DATE, {ARTICLE_ID: "desc"}],
    Sort.NEWEST: [_BY_DATE, {ARTICLE_ID: "desc"}],
    Sort.OLDEST: [
        {DATE_FIRST: {"order": "asc", "missing": "_last"}},
        {ARTICLE_ID: "asc"},
    ],
}


@dataclass(frozen=True)
class Asked:
    """What of a request is sent: its query, and the filters by what leaves them out."""

    request: EngineRequest

    @cached_property
    def _always(self) -> list[Json]:
        filters = [Asked(other).all_hits for other in self.request.within]
        filters += [
            {"bool": {"must_not": Asked(other).all_hits}}
            for other in self.request.without
        ]
        for each in self.request.filters:
            filters += [_without(each.name, value) for value in each.excluded]
            if each.values and not each.match_any:
                filters += [_has_any(each.name, (value,)) for value in each.values]
        return filters

    @cached_property
    def _passing(self) -> dict[str, Json]:
        """The filters that a count may leave out, by facet, and the period."""
        passing = {
            each.name: _has_any(each.name, each.values)
            for each in self.request.filters
            if each.values and each.match_any
        }
        period = _filter_period(self.request)
        return {**passing, PERIOD: period} if period else passing

    def filters_without(self, name: str) -> Json:
        """All filters but *name*, of those behind the query."""
        others = [each for key, each in self._passing.items() if key != name]
        return _all_of(others)

    @property
    def query(self) -> Json:
        """What every hit and every counted document matches."""
        compiled = compile_query(self.request.query)
        if not self._always:
            return compiled
        return {"bool": {"must": [compiled], "filter": self._always}}

    def hits(self) -> Json:
        """The body for hits in order."""
        body: Json = {
            "query": self.query,
            "sort": _SORTS[self.request.sort],
            # Nothing is read of documents but columns: their stored part is compressed,
            # and to open it takes twenty times as long as all the rest.
            "stored_fields": "_none_",
            "docvalue_fields": [ARTICLE_ID, DOCUMENT_HASH],
            "track_total_hits": True,
        }
        if self._passing:
            body["post_filter"] = _all_of(self._passing.values())
        return body

    def counts(self) -> Json:
        """The aggregations of all counts."""
        asked = {
            f"facet-{name}": _within(self.filters_without(name), count_facet(name))
            for name in self.request.facets
        }
        if self.request.count_dates:
            asked["dates"] = _within(self.filters_without(PERIOD), DATE_COUNTS)
        return asked

    def counted(self, name: str) -> Json:
        """The query for all documents that the count of *name* is of."""
        return _all_of((self.query, self.filters_without(name)))

    @property
    def all_hits(self) -> Json:
        """The query for all hits, with all filters."""
        return _all_of((self.query, *self._passing.values()))


def count_terms(field: str) -> Json:
    """The aggregation of a field's values, the most frequent first."""
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"terms": {"field": field, "size": MAX_BUCKETS, "order": order}}


def count_facet(name: str) -> Json:
    """The aggregations of a facet's values, and of documents without any."""
    return {"values": count_terms(name), "missing": {"missing": {"field": name}}}


DATE_COUNTS: Final[Json] = {
    "years": count_terms(YEAR),
    "months": count_terms(MONTH),
    "undated": {"missing": {"field": DATE_FIRST}},
}


def _within(filters: Json, counts: Json) -> Json:
    return {"filter": filters, "aggs": counts}


def _all_of(filters: Iterable[Json]) -> Json:
    several = [each for each in filters if each != _EVERYTHING]
    if len(several) == 1:
        return several[0]
    return {"bool": {"filter": several}} if several else _EVERYTHING


def _filter_period(request: EngineRequest) -> Json | None:
    """The filter of the period, which undated documents may pass; ``None`` without."""
    undated = {"bool": {"must_not": {"exists": {"field": DATE_FIRST}}}}
    if not request.period:
        return undated if request.undated else None
    inside = {"bool": {"filter": compile_period(request.period)}}
    if not request.undated:
        return inside
    return {"bool": {"should": [inside, undated], "minimum_should_match": 1}}


def _has_any(name: str, values: tuple[str, ...]) -> Json:
    stated = [value for value in values if value != NOT_STATED]
    alternatives: list[Json] = []
    if stated:
        alternatives.append({"terms": {name: stated}})
    if NOT_STATED in values:
        alternatives.append({"bool": {"must_not": {"exists": {"field": name}}}})
    return {"bool": {"should": alternatives, "minimum_should_match": 1}}


def _without(name: str, value: str) -> Json:
    return {"bool": {"must_not": _has_any(name, (value,))}}


def list_chosen(filters: Iterable[FacetFilter], name: str) -> list[str]:
    """The values that the filter of the facet asks for or excludes."""
    return [
        value
        for each in filters
        if each.name == name
        for value in (*each.values, *each.excluded)
        if value != NOT_STATED
    ]
