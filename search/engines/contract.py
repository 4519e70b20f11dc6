"""What an engine is: documents in, ids, scores, totals and counts out.

Everything a page shows comes from the database, so that every engine shows the
same page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from search.query import Query
from search.request import Period, Sort
from search.results import EngineAnswer


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """A search as engines take it: filter values are the terms in the index.

    ``facets`` names the facets to count; a facet's own filter is left out of its
    counts, and ``count_dates`` asks for the counts by period, likewise.
    """

    query: Query
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    period: Period = Period()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    count_dates: bool = False


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How an index stands: documents, size in bytes, segments, and its generation's name."""

    documents: int
    size: int
    segments: int
    generation: str
    current: bool


class Engine(Protocol):
    """The part of a Haystack back end that the site's own pages use."""

    def run(self, request: EngineRequest) -> EngineAnswer:
        """The page of hits that *request* asks for.

        Raises QueryTooExpensive and IndexUnavailable.
        """
        ...

    def iter_ids(self, request: EngineRequest) -> Iterator[int]:
        """The ids of all hits in the order asked for; offset and limit do not count."""
        ...

    def remove_ids(self, article_ids: Iterable[int]) -> None:
        """Take the documents of *article_ids* out of the index."""
        ...

    def status(self) -> EngineStatus:
        """How the index stands now; raises IndexUnavailable."""
        ...
