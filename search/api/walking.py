"""Lists that a cursor walks: articles, of the archive or of a search, and actors."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from archive.browsing.subject_counts import published_links
from archive.models import Actor, Article, iter_id_batches
from search import searcher
from search.api.records import whole_articles
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list of articles, by ascending id.

    ``total`` is that of the whole list, ``after`` the last id that was looked at, and
    ``has_more`` tells whether any follow.
    """

    articles: Sequence[Article]
    total: int
    after: int
    has_more: bool


def walk_articles(
    request: SearchRequest, *, after: int, limit: int, with_text: bool
) -> Stretch:
    """At most *limit* articles of the search behind the id *after*.

    With texts fewer, where they are long. Asks the index only where there is something
    to search for. Raises QueryTooExpensive and IndexUnavailable.
    """
    total, ids = _find_ids(replace(request, page=1), after, limit + 1)
    chosen = ids[:limit]
    if with_text:
        chosen = next(iter_id_batches(chosen, most=limit), [])
    found = whole_articles(with_text=with_text).order_by().in_bulk(chosen)
    articles = [found[pk] for pk in chosen if pk in found]
    last = chosen[-1] if chosen else after
    return Stretch(articles, total, last, has_more=len(ids) > len(chosen))


def _find_ids(request: SearchRequest, after: int, most: int) -> tuple[int, list[int]]:
    if request.query_string():
        return _pick(searcher.iter_ids(request), after, most)
    published = Article.objects.published().order_by("pk")
    following = published.filter(pk__gt=after).values_list("pk", flat=True)
    return published.count(), list(following[:most])


def _pick(ids: Iterable[int], after: int, most: int) -> tuple[int, list[int]]:
    """How many *ids* there are, and the lowest of those beyond *after*, ascending."""
    total = 0

    def count() -> Iterator[int]:
        nonlocal total
        for article_id in ids:
            total += 1
            if article_id > after:
                yield article_id

    lowest = heapq.nsmallest(most, count())
    return total, lowest


def walk_actors(*, after: int, limit: int) -> tuple[QuerySet[Actor], int, bool]:
    """The actors with published articles behind the id *after*.

    At most *limit*, by ascending id; the id of the last, and whether more follow.
    """
    links = published_links(Article.actors.through).filter(actor_id=OuterRef("pk"))
    visible = Actor.objects.filter(Exists(links), pk__gt=after).order_by("pk")
    ids = list(visible.values_list("pk", flat=True)[: limit + 1])
    chosen = ids[:limit]
    last = chosen[-1] if chosen else after
    actors = Actor.objects.filter(pk__in=chosen).order_by("pk")
    return actors, last, len(ids) > limit
