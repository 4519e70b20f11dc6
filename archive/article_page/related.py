"""Articles related to one, and a query written from it.

The archive does not depend on search: the setting ``RELATED_ARTICLES`` is the dotted
path of a function ``(article, text, actors) -> RelatedIds``; empty: none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from archive.article_page.links import ArticleLink, read_links
from archive.models import Article

MOST_RELATED: Final = 5


class RelatedIds(Protocol):
    """Ids of related articles, the best first, and a query written from the article.

    ``text`` is the query and ``query_string`` its search, which finds ``total``
    articles, this one among them; without a query they are empty.
    """

    @property
    def article_ids(self) -> Sequence[int]:
        """Maybe more than are shown: some may have been withdrawn."""
        ...

    @property
    def text(self) -> str:
        """The query as one would type it."""
        ...

    @property
    def query_string(self) -> str:
        """The query string of its search."""
        ...

    @property
    def total(self) -> int:
        """How many articles it finds."""
        ...


@dataclass(frozen=True, slots=True)
class WrittenQuery:
    """A query written from an article, and how many articles it finds."""

    text: str
    query_string: str
    total: int


@dataclass(frozen=True, slots=True)
class Related:
    """Related articles, the nearest first, and a query written from the article."""

    articles: tuple[ArticleLink, ...] = ()
    query: WrittenQuery | None = None


def find_related(article: Article, text: str) -> Related:
    """What is related to *article*, whose text begins with *text*; published ones.

    Its ``actor_links`` are fetched.
    """
    path = getattr(settings, "RELATED_ARTICLES", "")
    if not path or not text.strip():
        return Related()
    names = [link.actor.name_ar for link in article.actor_links.all()]
    found: RelatedIds = import_string(path)(article, text, names)
    links = read_links(found.article_ids)
    shown = tuple(links[pk] for pk in found.article_ids if pk in links)
    query = WrittenQuery(found.text, found.query_string, found.total)
    return Related(shown[:MOST_RELATED], query if found.total else None)
