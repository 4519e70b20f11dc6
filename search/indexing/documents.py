"""From an article to the document that the index holds for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from archive.models import Actor, Article, TopicTree
from search.date_keys import day_number
from search.fields import ARTICLE_ID, CONTENT, DATE_FIRST, DATE_LAST, DOCUMENT_HASH

# The bits of a hash that fit into a column of signed numbers, none of them negative.
_HASH_BITS: Final = 63


def build_document(article: Article, topics: TopicTree) -> dict[str, Any]:
    """The fields of *article*'s document, Haystack's own keys left out.

    An article on a topic is on every topic above it; texts are lists of parts that
    no phrase crosses. Fetch the article as ``ArticleIndex.index_queryset`` does, or
    each relation asks the database.
    """
    actors = list(article.actors.all())
    paths = [topics.path(topic.pk) for topic in article.topics.all()]
    on_topics = {topic.pk: topic for path in paths for topic in path}
    first, last = _period(article)
    document = {
        ARTICLE_ID: article.pk,
        CONTENT: [article.title, article.subtitle, article.body],
        "title": [article.title],
        "author": [article.byline, *(author.name for author in article.authors.all())],
        "source_name": [article.source.name_ar, article.source.name_latin],
        "actor_names": [name for actor in actors for name in _names(actor)],
        "topic_names": [
            name
            for topic in on_topics.values()
            for name in (topic.name_ar, topic.name_latin)
        ],
        "actor": [str(actor.pk) for actor in actors],
        "topic": [str(pk) for pk in on_topics],
        "source": [str(article.source_id)],
        DATE_FIRST: first,
        DATE_LAST: last,
    }
    return {**document, DOCUMENT_HASH: hash_document(document)}


def hash_document(document: Mapping[str, Any]) -> int:
    """The first 63 bits of a SHA-256 over the values of *document*.

    The parts of the text have their order; other values come as the database lists
    them, and that is no difference.

    >>> one = {"text": ["عنوان", "متن"], "topic": ["1", "2"]}
    >>> hash_document(one) == hash_document({**one, "topic": ["2", "1"]})
    True
    >>> hash_document(one) == hash_document({**one, "text": ["متن", "عنوان"]})
    False
    """
    values = {
        name: sorted(value) if isinstance(value, list) and name != CONTENT else value
        for name, value in document.items()
    }
    canonical = json.dumps(values, sort_keys=True).encode()
    digest = hashlib.sha256(canonical).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - _HASH_BITS)


def _names(actor: Actor) -> list[str]:
    return [
        actor.name_ar,
        actor.name_latin,
        *(alias.name for alias in actor.aliases.all()),
    ]


def _period(article: Article) -> tuple[int, int]:
    """First and last day of publication as yyyymmdd; zeros when unknown."""
    published = article.published
    if published is None:
        return 0, 0
    return day_number(published.first_day()), day_number(published.last_day())
