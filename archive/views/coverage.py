"""What the archive holds: sources by decade, year and month, with the gaps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.browsing.coverage import (
    CoverageTable,
    arrange_coverage,
    count_by_source_and_year,
    count_by_source_in_year,
    list_columns,
    list_month_columns,
)
from archive.browsing.year_ranges import YearRange, decade_of, parse_year_range
from archive.models import Source
from archive.views.left_out import find_left_out


@require_safe
def show_coverage(request: HttpRequest) -> HttpResponse:
    """The table of all years; with ``?period=1910s`` of a decade, ``1911`` of a year.

    Any other period is none.
    """
    chosen = parse_year_range(request.GET.get("period", ""))
    table = _read_table(chosen)
    if chosen and not table.whole.total:
        chosen, table = None, _read_table(None)
    is_year = chosen is not None and chosen.first == chosen.last
    context: dict[str, Any] = {
        "left_out": find_left_out(
            request.GET, period=request.GET.get("period", "").strip() if chosen else ""
        ),
        "table": table,
        "chosen": chosen,
        "is_year": is_year,
        "decade": decade_of(chosen.first) if chosen and is_year else None,
    }
    return render(request, "archive/coverage.html", context)


def _read_table(chosen: YearRange | None) -> CoverageTable:
    language = get_language() or "ar"
    sources = Source.objects.in_bulk()
    if chosen is not None and chosen.first == chosen.last:
        counts = count_by_source_in_year(chosen.first)
        months = list_month_columns(chosen.first)
        return arrange_coverage(counts, months, sources, language=language)
    counts = count_by_source_and_year()
    columns = list_columns(counts, chosen)
    if chosen is not None:
        columns = [each for each in columns if each.first.year in chosen]
    return arrange_coverage(
        counts, columns, sources, language=language, with_rest=chosen is None
    )
