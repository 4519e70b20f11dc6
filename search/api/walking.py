"""Lists that a cursor walks: articles, of the archive or of a search, and actors.

Articles come in the order in which they became visible: the indexer, which is one at a
time, notes each once (`search.models.HarvestRecord`), and nothing moves it later. Their
own numbers would not do: of two writers on PostgreSQL the one with the lower number may
commit last, behind a cursor that has passed it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from archive.browsing.subject_counts import published_links
from archive.models import Actor, Article, iter_id_batches
from search import searcher
from search.api.records import whole_articles
from search.models import HarvestRecord
from search.request import SearchRequest

# Rows looked at in one query.
_CHUNK: Final = 2_000

# A position in the order, and the article that stands there.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list of articles.

    ``total`` is that of the whole list, ``after`` the last position that was looked at,
    and ``has_more`` tells whether any follow.
    """

    articles: Sequence[Article]
    total: int
    after: int
    has_more: bool


def walk_articles(
    request: SearchRequest, *, after: int, limit: int, with_text: bool
) -> Stretch:
    """At most *limit* articles of the search behind the position *after*.

    With texts fewer, where they are long. Asks the index only where there is something
    to search for. Raises QueryTooExpensive and IndexUnavailable.
    """
    total, hits = _find_hits(replace(request, page=1))
    places = list(islice(_iter_places(after, hits), limit + 1))
    chosen = places[:limit]
    if with_text:
        ids = next(iter_id_batches([pk for _at, pk in chosen], most=limit), [])
        chosen = chosen[: len(ids)]
    ids = [article_id for _at, article_id in chosen]
    found = whole_articles(ids, with_text=with_text).order_by().in_bulk()
    articles = [found[pk] for _at, pk in chosen if pk in found]
    last = chosen[-1][0] if chosen else after
    return Stretch(articles, total, last, has_more=len(places) > len(chosen))


def _find_hits(request: SearchRequest) -> tuple[int, Container[int] | None]:
    """How many articles are listed, and which; ``None`` for all that are public."""
    if not request.query_string():
        return Article.objects.published().count(), None
    hits = frozenset(searcher.iter_ids(request))
    return len(hits), hits


def _iter_places(after: int, hits: Container[int] | None) -> Iterator[Place]:
    """The places behind *after* of articles that are public, or of *hits*."""
    public = HarvestRecord.objects.filter(is_deleted=False).order_by("pk")
    while True:
        rows = public.filter(pk__gt=after).values_list("pk", "article_id")
        chunk = list(rows[:_CHUNK])
        for place in chunk:
            if hits is None or place[1] in hits:
                yield place
        if len(chunk) < _CHUNK:
            return
        after = chunk[-1][0]


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
