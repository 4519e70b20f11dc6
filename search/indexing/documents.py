"""Documents of articles: the fields that the index holds for each.

Their declaration for Haystack is ``search.search_indexes``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.utils import get_model_ct

from archive.models import (
    ActorRole,
    Article,
    TextKind,
    TopicTree,
    iter_id_batches,
)
from search.date_keys import day_number
from search.engines.contract import Document
from search.fields import ARTICLE_ID, CONTENT, DATE_FIRST, DATE_LAST, DOCUMENT_HASH
from search.indexing.relations import ActorLink, Relations

# Articles read from the database in one query.
FETCH_BATCH: Final = 500
# Hashes are doc values, int64, and not negative.
_HASH_BITS: Final = 63


def indexed_articles(article_ids: Collection[int] | None = None) -> QuerySet[Article]:
    """The published articles: all of them, or those of *article_ids*."""
    if article_ids is None:
        return Article.objects.published()
    return Article.objects.published_among(article_ids)


def iter_published(article_ids: Iterable[int]) -> Iterator[Article]:
    """Those of these articles that are published, by ascending id, read in batches."""
    for batch in iter_id_batches(sorted(article_ids), most=FETCH_BATCH):
        yield from indexed_articles(batch).order_by("pk")


def find_published(article_ids: Iterable[int]) -> set[int]:
    """The ids of those of these articles that are published."""
    return {
        article_id
        for batch in _iter_batches(article_ids)
        for article_id in Article.objects.published_among(batch)
        .order_by()
        .values_list("pk", flat=True)
    }


def _iter_batches(article_ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(article_ids)
    for start in range(0, len(ordered), FETCH_BATCH):
        yield ordered[start : start + FETCH_BATCH]


def iter_documents(articles: Iterable[Article]) -> Iterator[Document]:
    """The documents of *articles*, one at a time.

    The topics are read once, other relations in batches.
    """
    topics = TopicTree.load()
    remaining = iter(articles)
    while batch := list(islice(remaining, FETCH_BATCH)):
        relations = Relations.of(batch)
        for article in batch:
            document = build_document(article, relations, topics)
            yield {**build_keys(article.pk), **document}


def build_identifier(article_id: int) -> str:
    """Haystack's ``id`` of an article's document.

    >>> build_identifier(7)
    'archive.article.7'
    """
    return f"{get_model_ct(Article)}.{article_id}"


def build_keys(article_id: int) -> dict[str, str]:
    """Haystack's own fields of an article's document."""
    return {
        ID: build_identifier(article_id),
        DJANGO_CT: get_model_ct(Article),
        DJANGO_ID: str(article_id),
    }


def build_document(
    article: Article, relations: Relations, topics: TopicTree
) -> Document:
    """The fields of *article*'s document without Haystack's own.

    An article on a topic is on every topic above it; texts are lists of parts that
    no phrase crosses. *relations* are those of this article and others.
    """
    links = relations.actors.get(article.pk, [])
    paths = [topics.path(topic) for topic in relations.topics.get(article.pk, ())]
    on_topics = {topic.pk: topic for path in paths for topic in path}
    first, last = _period(article)
    document = {
        **_actor_fields(links),
        ARTICLE_ID: article.pk,
        CONTENT: [article.title, article.subtitle, article.body],
        "title": [article.title],
        "author": [
            article.byline,
            *relations.authors.get(article.pk, ()),
            *_names_in(links, ActorRole.AUTHOR),
        ],
        "source_name": [*relations.source_names(article)],
        "kind_names": _kind_names(article.kind),
        "place": [article.place],
        "volume": [article.volume],
        "issue": [article.issue],
        "topic_names": [
            name
            for topic in on_topics.values()
            for name in (topic.name_ar, topic.name_latin)
        ],
        "topic": [str(pk) for pk in on_topics],
        "source": [str(article.source_id)],
        "kind": [article.kind] if article.kind else [],
        DATE_FIRST: first,
        DATE_LAST: last,
    }
    return {**document, DOCUMENT_HASH: hash_document(document)}


def hash_document(document: Mapping[str, Any]) -> int:
    """The first 63 bits of the SHA-256 of *document*'s fields.

    The order of lists counts in the text only; the database lists other values in any
    order.

    >>> document = {"text": ["عنوان", "متن"], "topic": ["1", "2"]}
    >>> hash_document(document) == hash_document({**document, "topic": ["2", "1"]})
    True
    >>> hash_document(document) == hash_document({**document, "text": ["متن", "عنوان"]})
    False
    """
    values = {
        name: sorted(value) if isinstance(value, list) and name != CONTENT else value
        for name, value in document.items()
    }
    canonical = json.dumps(values, sort_keys=True).encode()
    digest = hashlib.sha256(canonical).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - _HASH_BITS)


def _actor_fields(links: Iterable[ActorLink]) -> dict[str, list[str]]:
    return {
        "actor_names": [name for link in links for name in link.names],
        "issuer_names": _names_in(links, ActorRole.ISSUER),
        "actor": [str(link.actor_id) for link in links],
    }


def _names_in(links: Iterable[ActorLink], role: ActorRole) -> list[str]:
    return [name for link in links if link.role == role for name in link.names]


@cache
def _kind_names(kind: str) -> list[str]:
    """What readers may call a kind of text: its value and its names."""
    names = [kind]
    for language, _label in settings.LANGUAGES if kind else ():
        with override(language):
            names.append(str(TextKind(kind).label))
    return names


def _period(article: Article) -> tuple[int, int]:
    """The keys of the first and last day of publication; zeros where it is unknown."""
    published = article.published
    if published is None:
        return 0, 0
    return day_number(published.first_day()), day_number(published.last_day())
