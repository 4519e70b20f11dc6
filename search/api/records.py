"""Rows of the archive as the API answers them: articles, actors, topics, sources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from django.db.models import QuerySet
from django.db.models.functions import Length

from archive.browsing.coverage import count_by_source_and_month
from archive.browsing.date_counts import count_by_year
from archive.browsing.sources import SourceSummary, summarize_sources
from archive.browsing.subject_counts import count_by_actor
from archive.models import (
    Actor,
    Article,
    ArticleQuerySet,
    Named,
    Topic,
    TopicTree,
    prefetch_actor_links,
)
from search.api.schemas import (
    ActorName,
    ActorRecord,
    ActorRow,
    ArticleRecord,
    Author,
    Coverage,
    CoverageByMonth,
    DateArticles,
    Name,
    SourceMonths,
    SourceRecord,
    TopicRecord,
    YearCount,
)

# Makes the path of a page an address.
Absolute = Callable[[str], str]


def whole_articles(article_ids: Collection[int], *, with_text: bool) -> ArticleQuerySet:
    """The published ones of these articles, with all that a record says."""
    articles = Article.objects.published_among(article_ids).select_related("source")
    relations = "topics", "authors__actor", prefetch_actor_links()
    articles = articles.prefetch_related(*relations)
    if with_text:
        return articles
    return articles.annotate(characters=Length("body")).defer("body")


def build_article(
    article: Article, absolute: Absolute, *, with_text: bool
) -> ArticleRecord:
    """The record of an article of `whole_articles`."""
    return ArticleRecord(
        id=article.pk,
        url=absolute(article.get_absolute_url()),
        title=article.title,
        subtitle=article.subtitle,
        byline=article.byline,
        authors=build_authors(article),
        language=article.language,
        kind=article.kind,
        source=build_name(article.source, absolute),
        published=article.published.iso() if article.published else "",
        published_as_printed=article.published_as_printed,
        volume=article.volume,
        issue=article.issue,
        pages=article.pages,
        place=article.place,
        rights=article.rights,
        original_url=article.url,
        external_id=article.external_id,
        topics=[build_name(topic, absolute) for topic in article.topics.all()],
        actors=[
            ActorRow(
                **build_name(link.actor, absolute).dict(),
                kind=link.actor.kind,
                role=link.role,
            )
            for link in article.actor_links.all()
        ],
        added_at=article.created_at.isoformat(),
        changed_at=article.updated_at.isoformat(),
        content_hash=article.content_hash,
        characters=len(article.body) if with_text else _count_characters(article),
        text=article.body if with_text else None,
    )


def _count_characters(article: Article) -> int:
    # Annotated by `whole_articles`.
    return int(getattr(article, "characters", 0))


def build_authors(article: Article) -> list[Author]:
    """The authors as printed, with the actors that they are."""
    return [
        Author(name=author.name, actor=author.actor.slug if author.actor else "")
        for author in article.authors.all()
    ]


def build_name(row: Named, absolute: Absolute) -> Name:
    """Names and address of an actor, a topic or a source."""
    # Named is abstract; each of its models defines the method.
    path = row.get_absolute_url()  # type: ignore[attr-defined]
    return Name(
        slug=row.slug,
        name_ar=row.name_ar,
        name_latin=row.name_latin,
        url=absolute(path),
    )


def build_actors(actors: QuerySet[Actor], absolute: Absolute) -> list[ActorRecord]:
    """The records of these actors in their order, in three queries."""
    rows = list(actors.prefetch_related("aliases"))
    counts = count_by_actor(actor.pk for actor in rows)
    return [_build_actor(actor, counts.get(actor.pk, 0), absolute) for actor in rows]


def _build_actor(actor: Actor, articles: int, absolute: Absolute) -> ActorRecord:
    return ActorRecord(
        **build_name(actor, absolute).dict(),
        kind=actor.kind,
        description=actor.description,
        began=actor.began,
        ended=actor.ended,
        wikidata_id=actor.wikidata_id,
        viaf_id=actor.viaf_id,
        aliases=[
            ActorName(
                name=alias.name, kind=alias.kind, began=alias.began, ended=alias.ended
            )
            for alias in actor.aliases.all()
        ],
        articles=articles,
    )


def build_topics(
    topics: Iterable[Topic],
    tree: TopicTree,
    counts: Mapping[int, int],
    absolute: Absolute,
) -> list[TopicRecord]:
    """The records of these topics, with those next to them that have articles."""
    return [
        TopicRecord(
            **build_name(topic, absolute).dict(),
            broader=tree.by_id[topic.parent_id].slug if topic.parent_id else "",
            narrower=[
                child.slug for child in tree.children(topic.pk) if counts.get(child.pk)
            ],
            articles=counts.get(topic.pk, 0),
        )
        for topic in topics
    ]


def build_source(summary: SourceSummary, absolute: Absolute) -> SourceRecord:
    """The record of a source that has published articles."""
    source = summary.source
    return SourceRecord(
        **build_name(summary.source, absolute).dict(),
        kind=source.kind,
        place=source.place,
        home_page=source.home_page,
        articles=summary.count,
        first_year=summary.first_year,
        last_year=summary.last_year,
    )


def build_coverage(absolute: Absolute, *, language: str) -> Coverage:
    """Coverage, by year and by source, counted now."""
    years, undated = count_by_year(Article.objects.published())
    return Coverage(
        articles=sum(years.values()) + undated,
        undated=undated,
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        years=[
            YearCount(year=year, articles=count)
            for year, count in sorted(years.items())
        ],
        sources=[
            build_source(summary, absolute)
            for summary in summarize_sources(language=language)
        ],
    )


def build_months(absolute: Absolute, *, language: str) -> CoverageByMonth:
    """What the archive holds of each source by month, counted now."""
    counts = count_by_source_and_month()
    summaries = summarize_sources(language=language)
    rows = []
    for summary in summaries:
        of_source = dict(counts.get(summary.source.pk, {}))
        undated = of_source.pop("", 0)
        dates = [
            DateArticles(date=date, articles=count)
            for date, count in sorted(of_source.items())
        ]
        rows.append(
            SourceMonths(
                **build_name(summary.source, absolute).dict(),
                articles=sum(of_source.values()) + undated,
                undated=undated,
                dates=dates,
            )
        )
    return CoverageByMonth(sources=rows)
