"""Django's signals to the outbox: each change of the archive enqueues its articles.

The row is written in the transaction of the change; indexing is tried after its
commit. Bulk writes send no signals of Django's, but ``articles_written``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from archive.models import (
    Actor,
    ActorAlias,
    Article,
    ArticleAuthor,
    Source,
    Topic,
    TopicTree,
)
from archive.signals import articles_written, writing_finished
from search.indexing.indexer import (
    leaving_rows_on_failure,
    try_index_all,
    try_index_now,
)
from search.indexing.outbox import count_rows, enqueue
from search.indexing.rebuild import rebuild

# Articles that are indexed faster with the whole archive than batch by batch, if they
# are half of it: a rebuild writes one segment and merges nothing.
FEWEST_TO_REBUILD: Final = 5000


def connect_signals() -> None:
    """Connect the receivers below; called once, when the app is ready."""
    for signal, sender, receiver in _RECEIVERS:
        signal.connect(
            receiver, sender=sender, dispatch_uid=receiver.__name__ + str(sender)
        )


def _enqueue_and_index(article_ids: Iterable[int]) -> None:
    if enqueue(article_ids):
        transaction.on_commit(try_index_now)


def _article_changed(instance: Article, **kwargs: Any) -> None:
    _enqueue_and_index([instance.pk])


def _author_changed(instance: ArticleAuthor, **kwargs: Any) -> None:
    _enqueue_and_index([instance.article_id])


def _alias_changed(instance: ActorAlias, **kwargs: Any) -> None:
    _actor_articles_changed(instance.actor)


def _actor_changed(instance: Actor, **kwargs: Any) -> None:
    _actor_articles_changed(instance)


def _source_changed(instance: Source, **kwargs: Any) -> None:
    _enqueue_and_index(instance.articles.values_list("pk", flat=True))


def _topic_changed(instance: Topic, **kwargs: Any) -> None:
    below = TopicTree.load().with_descendants(instance.pk)
    _enqueue_and_index(
        Article.objects.filter(topics__in=below).values_list("pk", flat=True)
    )


def _actor_articles_changed(actor: Actor) -> None:
    _enqueue_and_index(actor.articles.values_list("pk", flat=True))
    _enqueue_and_index(actor.authorships.values_list("article_id", flat=True))


def _catalogue_changed(
    instance: models.Model,
    action: str,
    reverse: bool,
    pk_set: set[int] | None,
    **kwargs: Any,
) -> None:
    if not reverse:
        if action.startswith("post_"):
            _enqueue_and_index([instance.pk])
        return
    if pk_set:
        if action.startswith("post_"):
            _enqueue_and_index(pk_set)
        return
    # actor.articles.clear() tells no ids, and after it there are none to ask for.
    if action == "pre_clear":
        _enqueue_and_index(instance.articles.values_list("pk", flat=True))  # type: ignore[attr-defined]


def _articles_written(article_ids: Iterable[int], **kwargs: Any) -> None:
    # A commit of the index for each batch of a long import would cost more than one
    # at its end, which writing_finished announces.
    enqueue(article_ids)


def _writing_finished(
    progress: Callable[[int, int], object] | None = None, **kwargs: Any
) -> None:
    """Index what was written: a large part of the archive by a rebuild, at one go."""
    rows, done = count_rows(), 0
    published = Article.objects.published().count()
    is_large = rows >= FEWEST_TO_REBUILD and rows * 2 >= published
    total = published if is_large else rows

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(min(done, total), total)

    if is_large:
        with leaving_rows_on_failure():
            rebuild(progress=tell)
    else:
        try_index_all(tell)


_RECEIVERS = (
    (post_save, Article, _article_changed),
    (post_delete, Article, _article_changed),
    (post_save, ArticleAuthor, _author_changed),
    (post_delete, ArticleAuthor, _author_changed),
    (post_save, ActorAlias, _alias_changed),
    (post_delete, ActorAlias, _alias_changed),
    (post_save, Actor, _actor_changed),
    (pre_delete, Actor, _actor_changed),
    (post_save, Source, _source_changed),
    (post_save, Topic, _topic_changed),
    (pre_delete, Topic, _topic_changed),
    (m2m_changed, Article.actors.through, _catalogue_changed),
    (m2m_changed, Article.topics.through, _catalogue_changed),
    (articles_written, None, _articles_written),
    (writing_finished, None, _writing_finished),
)
