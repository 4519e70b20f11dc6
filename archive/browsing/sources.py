"""The sources with what the archive holds of each.

Public: `SourceSummary`, `summarize_sources`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from archive.browsing.name_index import filing_position
from archive.models import Article, Source, Status


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A source, how many articles it has, and their years; None: none is dated."""

    source: Source
    count: int
    first_year: int | None
    last_year: int | None


def summarize_sources(*, language: str) -> list[SourceSummary]:
    """The sources with published articles, in dictionary order."""
    rows = (
        # Worded so that an index which begins with the source is read in its order.
        Article.objects.exclude(status__in=(Status.DRAFT, Status.WITHDRAWN))
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
