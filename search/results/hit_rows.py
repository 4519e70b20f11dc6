"""The rows of a page, read from the database when the first of them is wanted.

A page whose entries are all kept from before (`search.templatetags.entries_kept`) wants
none of them; it only has to know which articles are still published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from archive.models import Article, Status
from search.engines.contract import Hit
from search.query import Query
from search.request import SearchRequest
from search.results.model import Row
from search.results.rows import build_rows


@dataclass(frozen=True, slots=True)
class PublishedHit:
    """A hit that may be shown; with *version* and *language* its entry is the same."""

    article_id: int
    version: int
    language: str


class HitRows(Sequence[Row]):
    """The rows of *hits*, without those withdrawn since: see `build_rows`."""

    def __init__(self, request: SearchRequest, hits: Sequence[Hit]) -> None:
        self._request = request
        self._hits = hits

    @property
    def query(self) -> Query:
        """What is marked in the rows."""
        return self._request.query

    @cached_property
    def hits(self) -> tuple[PublishedHit, ...]:
        """The hits that are still published, in order."""
        ids = [hit.article_id for hit in self._hits]
        if not ids:
            return ()
        # Asked for the status, SQLite would scan all published articles.
        found = Article.objects.filter(pk__in=ids).order_by()
        languages = {
            pk: language
            for pk, language, status in found.values_list("pk", "language", "status")
            if status == Status.PUBLISHED
        }
        return tuple(
            PublishedHit(hit.article_id, hit.version, languages[hit.article_id])
            for hit in self._hits
            if hit.article_id in languages
        )

    @cached_property
    def by_id(self) -> dict[int, Row]:
        """The rows by article, in order; raises QueryTooExpensive."""
        rows = build_rows(self._request, [hit.article_id for hit in self._hits])
        return {row.article.pk: row for row in rows}

    def read(self) -> tuple[Row, ...]:
        """All rows, read now; raises QueryTooExpensive."""
        return tuple(self.by_id.values())

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return tuple(self.by_id.values())[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]
