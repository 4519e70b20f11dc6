"""The options of a search that Haystack hands to a back end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final, Self

from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult

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
