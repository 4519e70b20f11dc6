"""Pages of lists of articles: newest first, with exact totals and opening words."""

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
# Characters fetched: more, because runs of white space are collapsed.
_PREFIX_LENGTH: Final = 2 * OPENING_LENGTH
UNDATED: Final = "undated"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of a list; ``opening`` is the beginning of its text."""

    article: Article
    opening: str

    @property
    def fragments(self) -> tuple[str, ...]:
        """The texts to show below the title: the opening, unless it is empty."""
        return (self.opening,) if self.opening else ()


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of a list of articles, with the exact total."""

    total: int
    page: Page[int]
    rows: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """The articles of an actor, a topic or a source: counts by years, and a page.

    ``total`` counts all of them. ``listing`` is narrowed to a year or decade
    (``chosen``) or to undated articles (``undated_chosen``).
    """

    total: int
    year_ranges: tuple[YearRangeCount, ...]
    undated: int
    chosen: YearRange | None
    undated_chosen: bool
    listing: ArticlePage


def cut_opening(text: str, *, length: int = OPENING_LENGTH) -> str:
    """The first words of the text, at most *length* characters, with … where cut.

    A first word longer than that is cut as well.

    >>> cut_opening("صدر العدد الأول من المجلة في بغداد", length=16)
    'صدر العدد الأول…'
    >>> cut_opening("خبر قصير")
    'خبر قصير'
    """
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    complete, space, _rest = words[: length + 1].rpartition(" ")
    return (complete if space else words[:length]).rstrip(" ،؛:.,;-–") + "…"


def list_articles(articles: ArticleQuerySet, *, total: int, page: str) -> ArticlePage:
    """Page number *page* of *articles*; the first or last page for any other text.

    *total* is the number of articles. Ids are sorted first and the rows fetched
    afterwards, so that the database does not sort whole texts.
    """
    current_page = Paginator(range(total), PAGE_SIZE).get_page(page)
    start = max(current_page.start_index() - 1, 0)
    newest_first = articles.order_by(F("published_on").desc(nulls_last=True), "-pk")
    ids = list(newest_first.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    articles_by_id = Article.objects.all().for_entries().order_by().in_bulk(ids)
    openings = dict(
        Article.objects.filter(pk__in=ids).values_list(
            "pk", Substr("body", 1, _PREFIX_LENGTH)
        )
    )
    rows = (ArticleRow(articles_by_id[pk], cut_opening(openings[pk])) for pk in ids)
    return ArticlePage(total, current_page, tuple(rows))


def show_collection(articles: ArticleQuerySet, *, period: str, page: str) -> Collection:
    """The counts of *articles* by year, and a page of them, narrowed to *period*.

    A period is ``1923``, ``1920s`` or ``undated``; any other text, and a period without
    articles, narrows to nothing.
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
