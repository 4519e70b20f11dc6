"""The archive's holdings in a few numbers, and its most named actors; both cached."""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef

from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.models import Actor, Article, Source, Status

_CACHE_KEY: Final = "archive.browsing.holdings"
_ACTORS_KEY: Final = "archive.browsing.holdings.actors"
# Every page shows the numbers, and counting a large archive is slow.
_CACHE_SECONDS: Final = 60
PROMINENT_ACTORS: Final = 12


@dataclass(frozen=True, slots=True)
class Holdings:
    """Numbers of published articles and of their sources, first and last year.

    The years are ``None`` when no article is dated. ``decades``: sorted first years of
    the decades that have articles.
    """

    articles: int
    sources: int
    first_year: int | None
    last_year: int | None
    decades: tuple[int, ...]


def read_holdings() -> Holdings:
    """The holdings, at most `_CACHE_SECONDS` old."""
    cached = cache.get(_CACHE_KEY)
    if isinstance(cached, Holdings):
        return cached
    current = count_holdings()
    cache.set(_CACHE_KEY, current, _CACHE_SECONDS)
    return current


def count_holdings() -> Holdings:
    """The holdings, counted now by two queries.

    Each is answered from a covering index; one query for both would read every row with
    its text.
    """
    published = Article.objects.published().order_by()
    in_source = published.filter(source=OuterRef("pk"))
    days = dict(published.values_list("published_on").annotate(articles=Count("*")))
    # Here, because SQLite would call Python back for the year of each row.
    years = sorted({day.year for day in days if day})
    return Holdings(
        articles=sum(days.values()),
        sources=Source.objects.filter(Exists(in_source)).count(),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        decades=_list_decades(years),
    )


def _list_decades(years: list[int]) -> tuple[int, ...]:
    decades = {year // YEARS_IN_A_DECADE * YEARS_IN_A_DECADE for year in years}
    return tuple(sorted(decades))


def list_prominent_actors() -> list[Actor]:
    """The actors that most published articles name, descending; cached as holdings."""
    cached = cache.get(_ACTORS_KEY)
    if isinstance(cached, list):
        return cached
    links = Article.actors.through.objects.filter(article__status=Status.PUBLISHED)
    rows = links.values_list("actor_id").annotate(mentions=Count("article_id"))
    # django-stubs does not know the annotations of a values_list.
    rows = rows.order_by("-mentions", "actor_id")
    top = rows[:PROMINENT_ACTORS]
    actors = Actor.objects.in_bulk([actor_id for actor_id, _ in top])
    ordered = [actors[actor_id] for actor_id, _ in top]
    cache.set(_ACTORS_KEY, ordered, _CACHE_SECONDS)
    return ordered
