"""The operations of the API. Each reads parameters and answers with a schema."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from ninja import Query, Router

from archive.browsing.sources import summarize_sources
from archive.browsing.subject_counts import count_by_topic
from archive.browsing.visibility import find_visible
from archive.models import Actor, TopicTree
from search import searcher
from search.api import records, schemas
from search.api.cursors import read_cursor, write_cursor
from search.api.parameters import Filters, Paging, Steps, Walking, read_search
from search.api.problems import NOT_FOUND, PAST_END, Problem
from search.api.results import build_answer, build_facet_values
from search.api.walking import walk_actors, walk_articles
from search.fields import FACETS

# SQLite's integers end at 2**63 - 1.
MAX_ID: Final = 2**63 - 1

router = Router()


@router.get(
    "/search",
    response=schemas.SearchAnswer,
    operation_id="search",
    url_name="search",
    summary=gettext_noop("A page of results"),
    description=gettext_noop(
        "The syntax, the filters, the counts and the order are those of the page of"
        " results. Of hits, passages come word for word, with their places in the text"
        " and what is marked in them."
    ),
)
def search(
    request: HttpRequest,
    filters: Query[Filters],  # type: ignore[valid-type]
    paging: Query[Paging],
) -> schemas.SearchAnswer:
    """The page of results; raises Problem, QueryTooExpensive and IndexUnavailable."""
    asked = read_search(request.GET)
    with searcher.page_time():
        found = searcher.find(asked, language=get_language() or "ar")
        if asked.page > found.page_count:
            sentence = _("The last page of this search is page %(last)s.")
            raise Problem(PAST_END, sentence % {"last": found.page_count})
        query_string = asked.query_string()
        page = reverse("search:results") + (f"?{query_string}" if query_string else "")
        url = request.build_absolute_uri(page)
        return build_answer(found, url, request.build_absolute_uri)


@router.get(
    "/facets/{name}",
    response=schemas.FacetValues,
    operation_id="facet",
    url_name="facet",
    summary=gettext_noop("All values of a facet, with counts"),
    description=gettext_noop(
        "Of actor, topic, source or kind. It takes the filters of a search; without any"
        " it counts all articles. The counts are those of the page."
    ),
)
def list_values(
    request: HttpRequest,
    name: str,
    filters: Query[Filters],  # type: ignore[valid-type]
) -> schemas.FacetValues:
    """All values of a facet; raises as `search` does."""
    names = [field.name for field in FACETS]
    if name not in names:
        sentence = _("There is no facet “%(name)s”. The facets are: %(names)s.")
        told = {"name": name[:100], "names": ", ".join(names)}
        raise Problem(NOT_FOUND, sentence % told)
    asked = read_search(request.GET)
    with searcher.page_time():
        listed = searcher.list_facet(asked, name, language=get_language() or "ar")
    return build_facet_values(listed)


@router.get(
    "/articles",
    response=schemas.ArticleList,
    operation_id="articles",
    url_name="articles",
    summary=gettext_noop("All articles, or all that a search finds"),
    description=gettext_noop(
        "In the order in which they became public. Follow “next” until it is null: none"
        " is left out, and none comes twice, whatever is added meanwhile."
    ),
)
def list_articles(
    request: HttpRequest,
    filters: Query[Filters],  # type: ignore[valid-type]
    walking: Query[Walking],
) -> schemas.ArticleList:
    """A stretch of the articles, and where the next one begins."""
    asked = read_search(request.GET)
    of = f"articles?{asked.query_string()}"
    with searcher.page_time():
        stretch = walk_articles(
            asked,
            after=read_cursor(walking.cursor, of),
            limit=walking.limit,
            with_text=walking.text,
        )
    cursor = write_cursor(stretch.after, of)
    return schemas.ArticleList(
        total=stretch.total,
        articles=[
            records.build_article(
                article, request.build_absolute_uri, with_text=walking.text
            )
            for article in stretch.articles
        ],
        cursor=cursor,
        next=_link_next(request, cursor) if stretch.has_more else None,
    )


def _link_next(request: HttpRequest, cursor: str) -> str:
    """The address of the request with another cursor."""
    kept = [pair for pair in request.GET.lists() if pair[0] != "cursor"]
    query_string = urlencode([*kept, ("cursor", cursor)], doseq=True)
    return request.build_absolute_uri(f"{request.path}?{query_string}")


@router.get(
    "/articles/{int:article_id}",
    response=schemas.ArticleRecord,
    operation_id="article",
    url_name="article",
    summary=gettext_noop("One article with its text"),
)
def show_article(request: HttpRequest, article_id: int) -> schemas.ArticleRecord:
    """One article with its text."""
    known = [article_id] if article_id <= MAX_ID else []
    article = records.whole_articles(known, with_text=True).order_by().first()
    if article is None:
        sentence = _(
            "There is no published article %(id)s. It may have been withdrawn."
        )
        raise Problem(NOT_FOUND, sentence % {"id": article_id})
    return records.build_article(article, request.build_absolute_uri, with_text=True)


@router.get(
    "/actors",
    response=schemas.ActorList,
    operation_id="actors",
    url_name="actors",
    summary=gettext_noop("The actors that published articles name"),
    description=gettext_noop(
        "In the order of their ids. Follow “next” until it is null."
    ),
)
def list_actors(request: HttpRequest, walking: Query[Steps]) -> schemas.ActorList:
    """A stretch of the actors, and where the next one begins."""
    after = read_cursor(walking.cursor, "actors")
    actors, last, has_more = walk_actors(after=after, limit=walking.limit)
    cursor = write_cursor(last, "actors")
    return schemas.ActorList(
        actors=records.build_actors(actors, request.build_absolute_uri),
        cursor=cursor,
        next=_link_next(request, cursor) if has_more else None,
    )


@router.get(
    "/actors/{slug:slug}",
    response=schemas.ActorRecord,
    operation_id="actor",
    url_name="actor",
    summary=gettext_noop("One actor"),
)
def show_actor(request: HttpRequest, slug: str) -> schemas.ActorRecord:
    """One actor that published articles name."""
    visible = [actor.pk for actor in find_visible(Actor, [slug])]
    actors = Actor.objects.filter(pk__in=visible)
    for record in records.build_actors(actors, request.build_absolute_uri):
        return record
    raise _missing(slug)


@router.get(
    "/topics",
    response=schemas.TopicList,
    operation_id="topics",
    url_name="topics",
    summary=gettext_noop("The topics that have articles"),
    description=gettext_noop("An article on a topic is also on every topic above it."),
)
def list_topics(request: HttpRequest) -> schemas.TopicList:
    """The topics that have published articles, or below which any has."""
    tree = TopicTree.load()
    counts = count_by_topic(tree)
    shown = [topic for topic in tree.by_id.values() if counts.get(topic.pk)]
    return schemas.TopicList(
        topics=records.build_topics(shown, tree, counts, request.build_absolute_uri)
    )


@router.get(
    "/topics/{slug:slug}",
    response=schemas.TopicRecord,
    operation_id="topic",
    url_name="topic",
    summary=gettext_noop("One topic"),
)
def show_topic(request: HttpRequest, slug: str) -> schemas.TopicRecord:
    """One topic that has published articles, or below which any has."""
    for record in list_topics(request).topics:
        if record.slug == slug:
            return record
    raise _missing(slug)


@router.get(
    "/sources",
    response=schemas.SourceList,
    operation_id="sources",
    url_name="sources",
    summary=gettext_noop("The sources that have articles"),
)
def list_sources(request: HttpRequest) -> schemas.SourceList:
    """The sources that have published articles."""
    summaries = summarize_sources(language=get_language() or "ar")
    return schemas.SourceList(
        sources=[
            records.build_source(summary, request.build_absolute_uri)
            for summary in summaries
        ]
    )


@router.get(
    "/sources/{slug:slug}",
    response=schemas.SourceRecord,
    operation_id="source",
    url_name="source",
    summary=gettext_noop("One source"),
)
def show_source(request: HttpRequest, slug: str) -> schemas.SourceRecord:
    """One source that has published articles."""
    for record in list_sources(request).sources:
        if record.slug == slug:
            return record
    raise _missing(slug)


@router.get(
    "/coverage",
    response=schemas.Coverage,
    operation_id="coverage",
    url_name="coverage",
    summary=gettext_noop("Coverage, by year and by source"),
)
def show_coverage(request: HttpRequest) -> schemas.Coverage:
    """Coverage, by year and by source."""
    language = get_language() or "ar"
    return records.build_coverage(request.build_absolute_uri, language=language)


@router.get(
    "/coverage/months",
    response=schemas.CoverageByMonth,
    operation_id="coverage_months",
    url_name="coverage_months",
    summary=gettext_noop("What the archive holds of each source, by month"),
)
def show_months(request: HttpRequest) -> schemas.CoverageByMonth:
    """What the archive holds of each source, by month."""
    language = get_language() or "ar"
    return records.build_months(request.build_absolute_uri, language=language)


def _missing(slug: str) -> Problem:
    sentence = _(
        "No published article belongs to “%(slug)s”. The lists of actors, topics and"
        " sources have the names that there are."
    )
    return Problem(NOT_FOUND, sentence % {"slug": slug})
