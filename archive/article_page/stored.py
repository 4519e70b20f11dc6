"""An article as its page reads it, with everything that it is linked to.

Its objects are kept by the values of all their rows, read anew for each page: whatever
changes in the database is another key (docs/decisions/0096-pages-of-articles.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import Q, QuerySet

from archive.article_page.prepared import ANY_NUMBER, PreparedQuery, Values
from archive.browsing.text_parts import TEXT_COLUMNS, Opening
from archive.models import (
    ActorAlias,
    Article,
    ArticleActor,
    ArticleAuthor,
    Likeness,
    LikenessAnswer,
    Status,
    Topic,
    prefetch_actor_links,
)
from archive.roles import Reader

# Articles without their texts, of some 10,000 bytes each.
ARTICLES_CACHE_SIZE: Final = 1024
_NAMES: Final = ("slug", "name_ar", "name_latin", "sort_key")


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article without its text, which is not to be changed, and what is beside it.

    Its source, topics, authors, and actors with their aliases are fetched.
    ``has_reprints`` tells whether it was linked with another as one text.
    """

    article: Article
    opening: Opening
    has_reprints: bool


def read_stored(article_id: int, reader: Reader) -> StoredArticle | None:
    """The article, if there is one that *reader* may see; six or seven small queries.

    When it is read for the first time, or again after a change, eight more.
    """
    found = _ARTICLE.read(article_id)
    if not found or not _may_see(found[0], reader):
        return None
    *_row, text, length = found[0]
    try:
        article = _load(_read_values(article_id, found[0]))
    except _ChangedMeanwhile as changed:
        article = changed.article
    reprints = _REPRINTS.read(article_id)
    return StoredArticle(article, Opening(article_id, text, length), bool(reprints))


def _may_see(row: Values, reader: Reader) -> bool:
    number, status = row[:2]
    if status == Status.PUBLISHED:
        return True
    return Article.objects.visible_to(reader).filter(pk=number).exists()


def _read_values(article_id: int, row: Values) -> tuple[Values, ...]:
    """All values that the objects of an article hold; *row* is its own, with text."""
    relations = (each.read(article_id) for each in _RELATIONS)
    return (row[: -len(TEXT_COLUMNS)], *relations)


class _ChangedMeanwhile(Exception):
    """The rows changed while the objects were read: these are not kept."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article


@lru_cache(ARTICLES_CACHE_SIZE)
def _load(values: tuple[Values, ...]) -> Article:
    article_id = values[0][0]
    relations = "topics", "authors__actor", prefetch_actor_links("actor__aliases")
    articles = Article.objects.defer("body").select_related("source")
    article = articles.prefetch_related(*relations).get(pk=article_id)
    now = _ARTICLE.read(article_id)
    if not now or _read_values(article_id, now[0]) != values:
        raise _ChangedMeanwhile(article)
    return article


def _select_article() -> QuerySet[Any, Any]:
    own = [
        field.attname
        for field in Article._meta.concrete_fields
        if field.attname not in ("id", "status", "body")
    ]
    of_source = (f"source__{name}" for name in (*_NAMES, "kind", "place"))
    names = ("pk", "status", *own, *of_source)
    return (
        Article.objects.filter(pk=ANY_NUMBER)
        .order_by()
        .values_list(*names, *TEXT_COLUMNS)
    )


def _select_topics() -> QuerySet[Any, Any]:
    topics = Topic.objects.filter(articles=ANY_NUMBER).order_by("pk")
    return topics.values_list("pk", *_NAMES)


def _select_authors() -> QuerySet[Any, Any]:
    authors = ArticleAuthor.objects.filter(article=ANY_NUMBER).order_by("pk")
    of_actor = (f"actor__{name}" for name in _NAMES)
    return authors.values_list("pk", "position", "name", "actor", *of_actor)


def _select_actors() -> QuerySet[Any, Any]:
    links = ArticleActor.objects.filter(article=ANY_NUMBER).order_by("pk")
    of_actor = (f"actor__{name}" for name in (*_NAMES, "kind"))
    return links.values_list("pk", "actor", "role", *of_actor)


def _select_aliases() -> QuerySet[Any, Any]:
    aliases = ActorAlias.objects.filter(actor__article_links__article=ANY_NUMBER)
    return aliases.order_by("pk").values_list("pk", "actor", "name")


def _select_reprints() -> QuerySet[Any, Any]:
    pairs = Likeness.objects.filter(Q(article=ANY_NUMBER) | Q(other=ANY_NUMBER))
    return pairs.filter(answer=LikenessAnswer.REPRINT).order_by().values_list("pk")


_ARTICLE: Final = PreparedQuery(_select_article)
_REPRINTS: Final = PreparedQuery(_select_reprints)
_RELATIONS: Final = tuple(
    map(
        PreparedQuery,
        (_select_topics, _select_authors, _select_actors, _select_aliases),
    )
)
