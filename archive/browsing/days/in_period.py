"""Who is in a year or a month: its sources, the actors named most, its topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Model, QuerySet

from archive.browsing.name_index import filing_position
from archive.dates import PartialDate, Precision
from archive.models import Actor, Article, ArticleQuerySet, Named, Source, Topic

SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class InPeriod:
    """A source, an actor or a topic, and its articles in the period."""

    row: Named
    count: int


@dataclass(frozen=True, slots=True)
class PeriodSubjects:
    """What a period is of: all its sources by name; actors and topics, most first."""

    sources: tuple[InPeriod, ...]
    actors: tuple[InPeriod, ...]
    topics: tuple[InPeriod, ...]


def find_subjects(period: PartialDate, *, language: str) -> PeriodSubjects:
    """The subjects of a year or a month, in six queries."""
    return find_subjects_of(_articles_in(period), language=language)


def find_subjects_of(articles: ArticleQuerySet, *, language: str) -> PeriodSubjects:
    """The subjects of *articles*, which are published ones, in six queries."""
    rows = articles.order_by().values_list("source_id").annotate(Count("pk"))
    by_id = Source.objects.in_bulk([pk for pk, _count in rows])
    sources = sorted(
        (InPeriod(by_id[pk], count) for pk, count in rows),
        key=lambda each: filing_position(each.row.label(language), language=language),
    )
    return PeriodSubjects(
        tuple(sources),
        _find_most(Article.actors.through, "actor_id", Actor, articles),
        _find_most(Article.topics.through, "topic_id", Topic, articles),
    )


def _articles_in(period: PartialDate) -> ArticleQuerySet:
    days = (period.first_day(), period.last_day())
    articles = Article.objects.published().filter(published_on__range=days)
    if period.month is None:
        return articles
    # Known to the year only, they are stored as its first day, but are in no month.
    return articles.exclude(published_precision=Precision.YEAR.value)


def _find_most(
    through: type[Model], field: str, model: type[Named], articles: ArticleQuerySet
) -> tuple[InPeriod, ...]:
    links: QuerySet[Any] = through._default_manager.filter(
        article_id__in=articles.order_by().values("pk")
    )
    rows = links.values_list(field).annotate(articles=Count("article_id"))
    counts = dict(rows.order_by(F("articles").desc(), field)[:SHOWN])
    by_id = model._default_manager.in_bulk(list(counts))
    return tuple(InPeriod(by_id[pk], count) for pk, count in counts.items())
