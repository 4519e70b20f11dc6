"""The state of an article as a version keeps it: values of JSON, by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db import models

from archive.models import Article, ArticleActor, ArticleAuthor

# Values by field: columns, and the links below.
State = Mapping[str, Any]

TEXTS: Final = ("title", "subtitle", "body")
LINKS: Final = ("topics", "actors", "authors")
# What a version keeps of the row, beside the texts: all that forms and files set.
COLUMNS: Final = (
    "language", "source_id", "byline", "published_on", "published_precision",
    "published_as_printed", "published_in_file", "kind", "volume", "issue", "pages",
    "place", "rights", "url", "external_id", "status", "withdrawn_reason",
    "acquired_from", "acquired_at",
)  # fmt: skip
# Articles whose state is read at a time.
BATCH: Final = 500


def read_states(
    article_ids: Collection[int], *, with_texts: bool = True
) -> dict[int, dict[str, Any]]:
    """The states of these articles by id, in four queries."""
    columns = (*TEXTS, *COLUMNS) if with_texts else COLUMNS
    rows = Article.objects.filter(pk__in=article_ids).order_by()
    states: dict[int, dict[str, Any]] = {
        pk: {
            **dict(zip(columns, map(to_plain, values), strict=True)),
            **{name: [] for name in LINKS},
        }
        for pk, *values in rows.values_list("pk", *columns)
    }
    for field, pk, link in _iter_links(article_ids):
        if pk in states:
            states[pk][field].append(link)
    return states


def _iter_links(article_ids: Collection[int]) -> Iterator[tuple[str, int, Any]]:
    topics = Article.topics.through.objects.filter(article_id__in=article_ids)
    for pk, topic in topics.order_by("topic_id").values_list("article_id", "topic_id"):
        yield "topics", pk, topic
    actors = ArticleActor.objects.filter(article_id__in=article_ids)
    columns = ("article_id", "actor_id", "role")
    for pk, *link in actors.order_by("actor_id").values_list(*columns):
        yield "actors", pk, link
    authors = ArticleAuthor.objects.filter(article_id__in=article_ids)
    names = ("article_id", "name", "actor_id")
    for pk, *link in authors.order_by("position", "pk").values_list(*names):
        yield "authors", pk, link


def find_replaced(before: State, after: State) -> dict[str, Any]:
    """The fields of *before* that *after* has otherwise.

    >>> find_replaced({"title": "دجلة", "issue": "1"}, {"title": "دجلة", "issue": "2"})
    {'issue': '1'}
    """
    return {
        name: value
        for name, value in before.items()
        if name in after and after[name] != value
    }


def to_plain(value: object) -> object:
    """A column's value as JSON has it: days and moments in ISO 8601.

    Moments to the second: forms send no more.

    >>> to_plain(dt.date(1911, 3, 2)), to_plain("م")
    ('1911-03-02', 'م')
    """
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def to_column(name: str, value: object) -> object:
    """The value of the column *name* that `to_plain` has written."""
    column = Article._meta.get_field(name)
    if isinstance(column, models.Field) and not column.is_relation:
        return column.to_python(value)
    return value


def iter_batches(article_ids: Iterable[int]) -> Iterator[list[int]]:
    """The distinct ids, ascending, in batches of BATCH."""
    ids = sorted(set(article_ids))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
