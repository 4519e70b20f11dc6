"""What the pages of an actor, a topic and a source share: years, articles, a search.

Public: `Bar`, `build_collection_context`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from archive.browsing.listing import UNDATED, Collection, show_collection
from archive.browsing.year_ranges import YearRange
from archive.dates import PartialDate
from archive.models import ArticleQuerySet
from archive.roles import Reader
from archive.templatetags.display import date_text, isolate

_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A period with its articles; ``share`` is the length of the bar in percent."""

    label: str
    count: int
    share: int
    href: str
    current: str = ""


def build_collection_context(
    request: HttpRequest, articles: ArticleQuerySet, *, field: str, slug: str
) -> dict[str, Any]:
    """The context of ``archive/_collection.html``.

    *field* is the parameter by which the search narrows to these articles. Raises
    Http404 where there are none, for the name may be one that only hidden articles
    have; whoever may see the whole catalogue sees the empty page.
    """
    collection = show_collection(
        articles,
        period=request.GET.get("period", ""),
        page=request.GET.get("page", ""),
    )
    if not collection.total and not may_see_catalogue(request.user, field):
        raise Http404(gettext("No published article has this name."))
    return {
        "collection": collection,
        "listing": collection.listing,
        "bars": build_bars(collection),
        "period": _period_label(collection),
        "search_address": build_search_address(field, slug, collection.chosen),
    }


def may_see_catalogue(reader: Reader, field: str) -> bool:
    """Whether *reader* may see all the actors, topics or sources there are."""
    return reader.has_perm(f"archive.view_{field}")


def build_bars(collection: Collection) -> list[Bar]:
    """The bars of the years or decades, the articles without a date at the end."""
    bars = [
        Bar(
            label=year_range_label(row.years),
            count=row.count,
            share=row.share,
            href=f"?period={row.years.key}",
            current="true" if row.years == collection.chosen else "",
        )
        for row in collection.year_ranges
    ]
    if collection.undated:
        most = max((row.count for row in collection.year_ranges), default=0) or 1
        bars.append(
            Bar(
                label=gettext("Undated"),
                count=collection.undated,
                share=min(
                    _PERCENT, round(collection.undated * _PERCENT / max(most, 1))
                ),
                href=f"?period={UNDATED}",
                current="true" if collection.undated_chosen else "",
            )
        )
    return bars


def build_search_address(field: str, slug: str, span: YearRange | None) -> str:
    """The address of the search among the articles, those of *span* only if given."""
    pairs = [(field, slug)]
    if span is not None:
        pairs += [("from", f"{span.first:04}"), ("to", f"{span.last:04}")]
    return f"{reverse('search:results')}?{urlencode(pairs)}"


def year_range_label(span: YearRange) -> str:
    """The year, or the first and last year of a decade, in the digits of the site."""
    first = date_text(PartialDate(span.first))
    if span.first == span.last:
        return first
    return isolate(f"{first}–{date_text(PartialDate(span.last))}")


def _period_label(collection: Collection) -> str:
    """What the list is narrowed to, or ``""``."""
    if collection.undated_chosen:
        return gettext("Undated")
    return year_range_label(collection.chosen) if collection.chosen else ""
