"""Facets of a ``SearchQuerySet``: all values, dates by period, raw queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from haystack.exceptions import SearchBackendError

from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.fields import TOKENIZED, Field, Kind, value_field
from search.engines.opensearch.paging import count_all, search_many
from search.engines.opensearch.query.words import Json
from search.engines.whoosh.haystack_api.facets import (
    Counts,
    Periods,
    group_by_period,
    with_missing,
)

_INFINITE: Final = Decimal("Infinity")


@dataclass(frozen=True)
class Counting:
    """Counts the documents of *index* that match *query*, of which there are *hits*."""

    cluster: Cluster
    index: str
    fields: Mapping[str, Field]
    query: Json
    hits: int

    def values(self, name: str, limit: int | None) -> Counts:
        """The field's values, most frequent first, at most *limit* of them.

        Equal counts are in the order of the values; ``None`` counts documents without.
        Raises SearchBackendError for a field that keeps no values.
        """
        counts = self._count(name)
        field = self.fields[name]
        ranked = sorted(
            counts.items(), key=lambda each: (-each[1], _sort_key(field, each[0]))
        )
        values: Counts = [(field.decode(key), count) for key, count in ranked]
        return with_missing(values, self._count_missing(name))[:limit]

    def periods(self, name: str, periods: Periods) -> Counts:
        """The number of documents in each period, largest first.

        Raises SearchBackendError for a field of anything but dates.
        """
        field = self.fields.get(name)
        if field is None or field.kind is not Kind.TIME:
            raise SearchBackendError(
                f"The field {name} has no dates to count by period."
            )
        counted = ((field.decode(key), n) for key, n in self._count(name).items())
        return group_by_period(counted, self.hits, periods)

    def matching(self, query: Json) -> int:
        """How many of the documents match *query* too."""
        both = {"bool": {"filter": [self.query, query]}}
        [answer] = search_many(
            self.cluster,
            self.index,
            [{"query": both, "size": 0, "track_total_hits": True}],
        )
        return int(answer["hits"]["total"]["value"])

    def _count(self, name: str) -> dict[Any, int]:
        key = counted_field(self.fields, name)
        return count_all(self.cluster, self.index, self.query, key)

    def _count_missing(self, name: str) -> int:
        key = counted_field(self.fields, name)
        return self.hits - self.matching({"exists": {"field": key}})


def counted_field(fields: Mapping[str, Field], name: str) -> str:
    """The field of the server that *name* is counted by.

    Raises SearchBackendError where it keeps no values.
    """
    field = _find(fields, name)
    # The values of decimals have all their digits.
    return name if field.kind is Kind.DECIMAL else sorted_field(fields, name)


def sorted_field(fields: Mapping[str, Field], name: str) -> str:
    """The field of the server that *name* is sorted by.

    Raises SearchBackendError where it keeps no values.
    """
    field = _find(fields, name)
    if field.has_value:
        return value_field(name)
    if field.kind in TOKENIZED:
        raise SearchBackendError(
            f"The field {name} keeps no values to sort or count by: declare it stored."
        )
    return name


def _find(fields: Mapping[str, Field], name: str) -> Field:
    if name not in fields:
        raise SearchBackendError(
            f"The index has no field {name!r} to sort or count by."
        )
    return fields[name]


def _sort_key(field: Field, value: Any) -> Any:
    if field.kind is not Kind.DECIMAL:
        return value
    try:
        return Decimal(value), value
    except InvalidOperation:
        return _INFINITE, value
