"""Every building block of the pages on one page, with the names of its classes."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.browsing.days import group_with_gaps
from archive.browsing.periods import DateCount, count_months
from archive.browsing.topic_counts import TopicNode, build_nodes
from archive.dates import PartialDate, Precision
from archive.models import Article, Topic, TopicTree
from archive.views.collection import Bar

# Custom properties of static/css/tokens.css that are colors.
COLORS: Final = (
    *("paper", "surface", "sunken", "ink", "ink-soft", "rule", "edge", "accent"),
    *("accent-deep", "fill", "fill-deep", "accent-wash", "on-fill", "mark", "bar"),
    "warn-wash",
)
ENTRIES: Final = 2
# Articles by year: a decade with gaps, an empty stretch, and another decade.
_YEARS: Final = {1898: 2, 1904: 31, 1908: 388, 1909: 12, 1967: 1}


@require_safe
def show_styleguide(request: HttpRequest) -> HttpResponse:
    """The page, for staff; its articles are the newest, all else is made up."""
    newest = Article.objects.published().order_by("-pk").values_list("pk", flat=True)
    entries = Article.objects.filter(pk__in=list(newest[:ENTRIES])).for_entries()
    counts = [
        DateCount(PartialDate(1911, month).first_day(), Precision.MONTH, 3**month)
        for month in (1, 2, 3, 5)
    ]
    context = {
        "colors": COLORS,
        "entries": entries,
        "glance": group_with_gaps(_YEARS),
        "most": max(_YEARS.values()),
        "months": count_months(1911, counts),
        "bars": [
            Bar("1908", 388, 100, "#bars"),
            Bar("1909", 12, 3, "#bars", current="true"),
            Bar("1910", 0, 0, "#bars"),
        ],
        "few": [Bar("1908", 3, None, "#bars"), Bar("1909", 12, None, "#bars")],
        "nodes": _build_tree(),
    }
    return render(request, "archive/staff/styleguide.html", context)


def _build_tree() -> tuple[TopicNode, ...]:
    """Three levels of topics that are not stored."""
    rows = (
        (1, "الأدب", "Literature", None),
        (2, "الشعر", "Poetry", 1),
        (3, "الرثاء", "Elegy", 2),
        (4, "النثر", "Prose", 1),
    )
    topics = {
        pk: Topic(pk=pk, slug=f"topic-{pk}", name_ar=ar, name_latin=en, parent_id=above)
        for pk, ar, en, above in rows
    }
    tree = TopicTree(topics.values())
    counts = {1: 1_204, 2: 96, 3: 7, 4: 1_108}
    return build_nodes(tree, tree.roots(), counts, language=get_language() or "ar")
