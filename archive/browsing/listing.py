"""Pages of articles: newest first, exact totals, the opening words of each.

Public: `list_articles`, `ArticlePage`, `ArticleRow`, `Collection`, `show_collection`,
`cut_opening`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.db.models.functions import Substr

from archive.browsing.date_counts import count_by_year
from archive.browsing.year_ranges import (
    YearRange,
    YearRangeCount,
    count_in,
    list_year_ranges,
    parse_year_range,
)
from archive.models import Article, ArticleQuerySet

PAGE_SIZE: Final = 20
OPENING_LENGTH: Final = 200
# Room for the marks and spaces that the opening drops.
_PREFIX_LENGTH: Final = 2 * OPENING_LENGTH
UNDATED: Final = "undated"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list; ``opening`` is the beginning of its text."""

    article: Article
    opening: str

    @property
    def fragments(self) -> tuple[str, ...]:
        """The texts shown below the title: the opening, if there is any text."""
        return (self.opening,) if self.opening else ()


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of a list of articles, with the exact total."""

    total: int
    page: Page[int]
    rows: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """What an actor, a topic or a source holds: its years and a page of articles.

    ``total`` counts everything; ``listing`` holds only what the reader narrowed
    to: a span of years (``chosen``) or the articles without a date
    (``undated_chosen``).
    """

    total: int
    year_ranges: tuple[YearRangeCount, ...]
    undated: int
    chosen: YearRange | None
    undated_chosen: bool
    listing: ArticlePage


def cut_opening(text: str, *, length: int = OPENING_LENGTH) -> str:
    """The first words of the text within *length* characters, with … where it goes on.

    A single word longer than that is cut.

    >>> cut_opening("صدر العدد الأول من المجلة في بغداد", length=16)
    'صدر العدد الأول…'
    >>> cut_opening("خبر قصير")
    'خبر قصير'
    """
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    whole, space, _rest = words[: length + 1].rpartition(" ")
    return (whole if space else words[:length]).rstrip(" ،؛:.,;-–") + "…"


def list_articles(articles: ArticleQuerySet, *, total: int, page: str) -> ArticlePage:
    """The page that the reader asked for; the nearest there is for any other text.

    The ids are sorted first and the rows fetched after, so that the database
    never sorts whole texts.
    """
    shown = Paginator(range(total), PAGE_SIZE).get_page(page)
    start = max(shown.start_index() - 1, 0)
    newest_first = articles.order_by(F("published_on").desc(nulls_last=True), "-pk")
    ids = list(newest_first.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    found = Article.objects.all().for_entries().order_by().in_bulk(ids)
    openings = dict(
        Article.objects.filter(pk__in=ids).values_list(
            "pk", Substr("body", 1, _PREFIX_LENGTH)
        )
    )
    rows = (ArticleRow(found[pk], cut_opening(openings[pk])) for pk in ids)
    return ArticlePage(total, shown, tuple(rows))


def show_collection(articles: ArticleQuerySet, *, period: str, page: str) -> Collection:
    """The articles by year, and a page of them or of the *period* asked for.

    A period is written ``1923``, ``1920s`` or ``undated``; one in which nothing
    appeared counts as none.
    """
    years, undated = count_by_year(articles)
    total = count = sum(years.values()) + undated
    chosen = parse_year_range(period)
    undated_chosen = period == UNDATED and undated > 0
    if chosen is not None and count_in(years, chosen) == 0:
        chosen = None
    if chosen is not None:
        count = count_in(years, chosen)
        articles = articles.filter(published_on__range=chosen.days())
    if undated_chosen:
        count = undated
        articles = articles.filter(published_on=None)
    return Collection(
        total=total,
        year_ranges=list_year_ranges(years, chosen),
        undated=undated,
        chosen=chosen,
        undated_chosen=undated_chosen,
        listing=list_articles(articles, total=count, page=page),
    )
