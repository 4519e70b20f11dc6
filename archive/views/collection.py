"""The shared part of the pages of an actor, a topic and a source.

A bar chart of years, a list of articles, and the URL of a search among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from archive.browsing.coverage import count_by_month, list_month_rows
from archive.browsing.listing import UNDATED, Collection, show_collection
from archive.browsing.year_ranges import YearRange
from archive.models import ArticleQuerySet
from archive.roles import may_view_all
from archive.templatetags.calendar import years_label
from archive.templatetags.display import isolate
from archive.views.left_out import find_left_out

_PERCENT: Final = 100
# Fewer articles make bars of one or two each, which tell less than the numbers.
MIN_CHARTED: Final = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart: a period, its articles, and ``share``, the length in percent.

    Few articles have no chart, and ``share`` is ``None``.
    ``current`` is the value of ``aria-current``.
    """

    label: str
    count: int
    share: int | None
    href: str
    current: str = ""


def build_collection_context(
    request: HttpRequest, articles: ArticleQuerySet, *, field: str, slug: str
) -> dict[str, Any]:
    """The context of ``archive/_collection.html``.

    *field* is the search parameter that narrows to these articles. Raises Http404 where
    there are no articles, because the name may be one of unpublished articles only;
    accounts that may see the model in the admin get an empty page.
    """
    collection = show_collection(
        articles,
        period=request.GET.get("period", ""),
        page=request.GET.get("page", ""),
    )
    if not collection.total and not may_view_all(request.user, field):
        raise Http404(gettext("No published article has this name."))
    chosen = collection.chosen or collection.undated_chosen
    return {
        "left_out": find_left_out(
            request.GET,
            period=request.GET.get("period", "").strip() if chosen else "",
            page=collection.listing.page.number,
        ),
        "collection": collection,
        "listing": collection.listing,
        "bars": build_bars(collection),
        "period": _period_label(collection),
        "feed_address": f"{reverse('search:feed')}?{urlencode({field: slug})}",
        "search_address": build_search_address(field, slug, collection.chosen),
    }


def add_months(context: dict[str, Any], articles: ArticleQuerySet) -> None:
    """Add ``month_rows`` of *articles* to their context, except on further pages.

    ``most_in_a_month`` is the largest count of any month.
    """
    collection: Collection = context["collection"]
    if collection.total and collection.listing.page.number == 1:
        months = count_by_month(articles)
        context["month_rows"] = list_month_rows(months, collection.chosen)
        context["most_in_a_month"] = max(months.months.values(), default=0)


def build_bars(collection: Collection) -> list[Bar]:
    """The bars of the years or decades, then one for undated articles."""
    is_charted = collection.total >= MIN_CHARTED
    bars = [
        Bar(
            label=_label(row.years),
            count=row.count,
            share=row.share if is_charted else None,
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
                share=min(_PERCENT, round(collection.undated * _PERCENT / most))
                if is_charted
                else None,
                href=f"?period={UNDATED}",
                current="true" if collection.undated_chosen else "",
            )
        )
    return bars


def build_search_address(field: str, slug: str, years: YearRange | None) -> str:
    """The URL of a search with the filter *field*, narrowed to *years* if given."""
    pairs = [(field, slug)]
    if years is not None:
        pairs += [("from", f"{years.first:04}"), ("to", f"{years.last:04}")]
    return f"{reverse('search:results')}?{urlencode(pairs)}"


def _label(years: YearRange) -> str:
    """The years in the digits of the site; a range apart from what stands beside it."""
    label = years_label(years)
    return label if years.first == years.last else isolate(label)


def _period_label(collection: Collection) -> str:
    """The name of the period to which the list is narrowed; ``""`` for none."""
    if collection.undated_chosen:
        return gettext("Undated")
    return _label(collection.chosen) if collection.chosen else ""
