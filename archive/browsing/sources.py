"""The list of sources, with the number and the years of their articles."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from archive.browsing.name_index import filing_position
from archive.models import UNPUBLISHED, Article, Source


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source and its published articles; the years are None where none is dated."""

    source: Source
    count: int
    first_year: int | None
    last_year: int | None


def summarize_sources(*, language: str) -> list[SourceSummary]:
    """The sources with published articles, in dictionary order."""
    rows = (
        # Excludes instead of filtering by status, so that SQLite reads the covering
        # index on source and groups without sorting.
        Article.objects.exclude(status__in=UNPUBLISHED)
        .order_by()
        .values_list("source_id")
        .annotate(Count("pk"), Min("published_on"), Max("published_on"))
    )
    sources = Source.objects.in_bulk()
    summaries = [
        SourceSummary(sources[pk], count, first and first.year, last and last.year)
        for pk, count, first, last in rows
    ]
    return sorted(
        summaries,
        key=lambda summary: filing_position(
            summary.source.label(language), language=language
        ),
    )
