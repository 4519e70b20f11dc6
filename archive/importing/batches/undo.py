"""Undoing a batch as a whole: what it added goes, what it changed is put back.

What a person or a later import has changed since is kept, and told.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import models, transaction
from django.db.models import Q

from archive.duplicates import note_texts
from archive.importing.batches.undo_names import (
    NAMES,
    Undone,
    iter_chunks,
    undo_names,
)
from archive.importing.writing import send_articles_written
from archive.models import (
    Actor,
    Article,
    ArticleActor,
    ArticleAuthor,
    BatchState,
    ChangeKind,
    EditedField,
    EntryResult,
    ImportBatch,
    ImportEntry,
    Source,
    Topic,
)
from archive.signals import writing_finished
from archive.versions import Made, recording

# Fields of a batch's changes that are links.
_LINKS: Final = ("topics", "actors", "authors")
_TEXTS: Final = ("title", "subtitle", "body")


class NotUndoable(Exception):
    """The batch cannot be undone: it is a dry run, or it is not finished."""


def is_undoable(batch: ImportBatch) -> bool:
    """Whether the batch can be undone."""
    ended = (BatchState.FINISHED, BatchState.CANCELLED, BatchState.FAILED)
    return not batch.is_dry_run and batch.state in ended


def undo_batch(batch: ImportBatch, *, user_id: int | None = None) -> Undone:
    """Undo the batch in one transaction. Raises `NotUndoable`."""
    if not is_undoable(batch):
        raise NotUndoable(batch.pk)
    undone = Undone()
    with transaction.atomic():
        if batch.kind in NAMES:
            undo_names(batch, undone)
        else:
            _undo_articles(batch, undone, user_id)
        batch.state = BatchState.UNDONE
        batch.summary = {
            **batch.summary,
            "undone": {
                "removed": undone.removed,
                "restored": undone.restored,
                "kept": undone.kept,
            },
        }
        batch.save()
    writing_finished.send(sender=None)
    return undone


def _undo_articles(batch: ImportBatch, undone: Undone, user_id: int | None) -> None:
    for entries in iter_chunks(batch, EntryResult.UPDATED):
        _restore(entries, undone, user_id)
    for entries in iter_chunks(batch, EntryResult.ADDED):
        _remove(batch, entries, undone)
    _remove_names(batch.added_names)


def _remove(batch: ImportBatch, entries: Sequence[ImportEntry], undone: Undone) -> None:
    ids = {entry.object_id for entry in entries if entry.object_id is not None}
    later = ImportEntry.objects.filter(
        object_id__in=ids, result=EntryResult.UPDATED, batch__kind="articles"
    ).exclude(Q(batch=batch) | Q(batch__state=BatchState.UNDONE))
    kept = set(later.values_list("object_id", flat=True))
    edited = EditedField.objects.filter(article_id__in=ids)
    kept |= set(edited.values_list("article_id", flat=True))
    removed = sorted(ids - kept)
    count, _by_model = Article.objects.filter(pk__in=removed).delete()
    undone.removed += len(removed) if count else 0
    undone.kept += len(ids & kept)
    send_articles_written(removed)


def _restore(
    entries: Sequence[ImportEntry], undone: Undone, user_id: int | None
) -> None:
    ids = [entry.object_id for entry in entries]
    articles = Article.objects.in_bulk(ids)
    written = []
    made = Made(ChangeKind.UNDOING, user_id, entries[0].batch_id)
    with recording(list(articles), made, with_texts=True):
        for entry in entries:
            article = articles.get(entry.object_id or 0)
            if article is None or not entry.changes:
                continue
            if _restore_article(article, entry.changes):
                undone.restored += 1
                written.append(article.pk)
            else:
                undone.kept += 1
    rewritten = Article.objects.filter(pk__in=written).order_by("pk")
    note_texts(dict(rewritten.values_list("pk", "body")))
    send_articles_written(written)


def _restore_article(article: Article, changes: Mapping[str, Any]) -> bool:
    """Put back what still is as the batch has left it; whether anything was."""
    columns: dict[str, object] = {}
    is_changed = False
    for name, (old, new) in changes.items():
        if name in _LINKS:
            is_changed |= _restore_links(article, name, old, new)
            continue
        if getattr(article, name) == _to_python(name, new):
            columns[name] = _to_python(name, old)
    if not columns:
        return is_changed
    if columns.keys() & set(_TEXTS):
        texts = {name: columns.get(name, getattr(article, name)) for name in _TEXTS}
        columns["content_hash"] = Article(**texts).build_content_hash()
    Article.objects.filter(pk=article.pk).update(**columns)
    return True


def _to_python(name: str, value: object) -> object:
    """A value of a column as the model has it: days and moments are no texts."""
    column = Article._meta.get_field(name)
    if isinstance(column, models.Field) and not column.is_relation:
        return column.to_python(value)
    return value


def _restore_links(article: Article, name: str, old: Any, new: Any) -> bool:
    if _links_of(article, name) != new:
        return False
    if name == "topics":
        article.topics.set(Topic.objects.filter(pk__in=old))
    elif name == "actors":
        ArticleActor.objects.filter(article=article).delete()
        known = set(Actor.objects.filter(pk__in=[pk for pk, _role in old]).values_list(
            "pk", flat=True
        ))  # fmt: skip
        ArticleActor.objects.bulk_create(
            ArticleActor(article=article, actor_id=pk, role=role)
            for pk, role in old
            if pk in known
        )
    else:
        ArticleAuthor.objects.filter(article=article).delete()
        ArticleAuthor.objects.bulk_create(
            ArticleAuthor(article=article, name=author, actor_id=pk, position=position)
            for position, (author, pk) in enumerate(old)
        )
    return True


def _links_of(article: Article, name: str) -> list[Any]:
    """The links as a batch's changes have them."""
    if name == "topics":
        return sorted(article.topics.values_list("pk", flat=True))
    if name == "actors":
        rows = ArticleActor.objects.filter(article=article).order_by("actor_id")
        return [list(row) for row in rows.values_list("actor_id", "role")]
    authors = ArticleAuthor.objects.filter(article=article).order_by("position", "pk")
    return [list(row) for row in authors.values_list("name", "actor_id")]


def _remove_names(added: Mapping[str, Sequence[int]]) -> None:
    """Remove the names that the batch added and that nothing refers to any more."""
    actors = Actor.objects.filter(pk__in=added.get("actors", ()))
    actors.filter(articles=None, authorships=None).delete()
    sources = Source.objects.filter(pk__in=added.get("sources", ()))
    sources.filter(articles=None).delete()
    topics = list(added.get("topics", ()))
    # From the leaves up: a topic with others below it stays until they are gone.
    for pk in reversed(topics):
        Topic.objects.filter(pk=pk, articles=None, children=None).delete()
