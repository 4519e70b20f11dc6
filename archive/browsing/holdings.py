"""What the archive holds for its readers, in a few numbers.

Public: `Holdings`, `read_holdings`, `list_prominent_actors`.
"""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef

from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.models import Actor, Article, Source, Status

_CACHE_KEY: Final = "archive.browsing.holdings"
_ACTORS_KEY: Final = "archive.browsing.holdings.actors"
# Every page shows the numbers; on a large archive counting takes a moment.
_CACHE_SECONDS: Final = 60
PROMINENT_ACTORS: Final = 12


@dataclass(frozen=True, slots=True)
class Holdings:
    """Published articles, the sources they come from, and their first and last year.

    The years are ``None`` when no article has a date. ``decades`` are the first
    years of the decades that have articles.
    """

    articles: int
    sources: int
    first_year: int | None
    last_year: int | None
    decades: tuple[int, ...]


def read_holdings() -> Holdings:
    """The numbers of the published archive, at most a minute old."""
    found = cache.get(_CACHE_KEY)
    if isinstance(found, Holdings):
        return found
    counted = count_holdings()
    cache.set(_CACHE_KEY, counted, _CACHE_SECONDS)
    return counted


def count_holdings() -> Holdings:
    """The numbers of the published archive, counted now in two queries.

    Each of them is answered by an index alone; one that asks for all at once would
    read every row with its text.
    """
    published = Article.objects.published().order_by()
    in_source = published.filter(source=OuterRef("pk"))
    days = dict(published.values_list("published_on").annotate(articles=Count("*")))
    # Years are cut from the different days here: SQLite would call back for each row.
    years = sorted({day.year for day in days if day})
    return Holdings(
        articles=sum(days.values()),
        sources=Source.objects.filter(Exists(in_source)).count(),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        decades=_list_decades(years),
    )


def _list_decades(years: list[int]) -> tuple[int, ...]:
    found = {year // YEARS_IN_A_DECADE * YEARS_IN_A_DECADE for year in years}
    return tuple(sorted(found))


def list_prominent_actors() -> list[Actor]:
    """The actors that most published articles name, the most named first."""
    found = cache.get(_ACTORS_KEY)
    if isinstance(found, list):
        return found
    links = Article.actors.through.objects.filter(article__status=Status.PUBLISHED)
    rows = links.values_list("actor_id").annotate(mentions=Count("article_id"))
    # django-stubs does not see what a list of values was annotated with.
    rows = rows.order_by("-mentions", "actor_id")  # type: ignore[misc]
    most = rows[:PROMINENT_ACTORS]
    actors = Actor.objects.in_bulk([actor_id for actor_id, _ in most])
    ordered = [actors[actor_id] for actor_id, _ in most]
    cache.set(_ACTORS_KEY, ordered, _CACHE_SECONDS)
    return ordered
