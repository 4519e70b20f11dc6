"""Recording changes of articles, in the transaction that makes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from archive.models import (
    Actor,
    Article,
    ArticleAuthor,
    ArticleChange,
    ChangeKind,
    Source,
    Topic,
)
from archive.versions.state import (
    COLUMNS,
    TEXTS,
    find_replaced,
    iter_batches,
    read_states,
    to_plain,
)

# Whether a caller records the changes of articles that are being saved.
_IS_RECORDED: Final[ContextVar[bool]] = ContextVar("is_recorded", default=False)


@dataclass(frozen=True, slots=True)
class Made:
    """How a change came about: its kind, the account, the import, what it restores."""

    kind: ChangeKind
    user_id: int | None = None
    batch_id: int | None = None
    restored: int | None = None


@contextmanager
def recording(
    article_ids: Collection[int], made: Made, *, with_texts: bool = False
) -> Iterator[None]:
    """Record what the block changes of these articles; texts only if *with_texts*.

    Within a transaction that the caller has begun, so that nobody else changes them.
    """
    before = {
        pk: state
        for ids in iter_batches(article_ids)
        for pk, state in read_states(ids, with_texts=with_texts).items()
    }
    with already_recorded():
        yield
    for ids in iter_batches(before):
        after = read_states(ids, with_texts=with_texts)
        replaced = {
            pk: find_replaced(before[pk], after[pk]) for pk in ids if pk in after
        }
        record_replaced(replaced, made)


@contextmanager
def already_recorded() -> Iterator[None]:
    """Tell `record_saved` that the caller records what the block saves."""
    token = _IS_RECORDED.set(True)
    try:
        yield
    finally:
        _IS_RECORDED.reset(token)


def record_replaced(replaced: Mapping[int, Mapping[str, Any]], made: Made) -> None:
    """Record changes of articles by what they have replaced; empty ones are none."""
    changes = [
        ArticleChange(
            article_id=pk,
            kind=made.kind,
            made_by_id=made.user_id,
            batch_id=made.batch_id,
            restored=made.restored,
            former=dict(former),
        )
        for pk, former in replaced.items()
        if former
    ]
    _add_names(changes)
    ArticleChange.objects.bulk_create(changes)


def record_saved(instance: Article, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of ``pre_save``: record what a program replaces by saving the row."""
    if raw or instance.pk is None or _IS_RECORDED.get():
        return
    # A deferred column is not written.
    names = {*TEXTS, *COLUMNS} - instance.get_deferred_fields()
    given = kwargs.get("update_fields")
    if given is not None:
        written = {Article._meta.get_field(name) for name in given}
        names &= {getattr(column, "attname", "") for column in written}
    columns = sorted(names)
    stored = Article.objects.filter(pk=instance.pk).values_list(*columns).first()
    if stored is None:
        return
    before = dict(zip(columns, map(to_plain, stored), strict=True))
    after = {name: to_plain(getattr(instance, name)) for name in columns}
    made = Made(ChangeKind.PROGRAM)
    record_replaced({instance.pk: find_replaced(before, after)}, made)


def record_lost_links(instance: Actor | Topic, **kwargs: Any) -> None:
    """Receiver of ``pre_delete``: record the articles' links that go with the name."""
    if isinstance(instance, Actor):
        links = Article.actors.through.objects.filter(actor=instance)
        authors = ArticleAuthor.objects.filter(actor=instance)
        ids = {*_article_ids(links), *_article_ids(authors)}
        fields: tuple[str, ...] = ("actors", "authors")
    else:
        topics = Article.topics.through.objects.filter(topic_id=instance.pk)
        ids, fields = set(_article_ids(topics)), ("topics",)
    for batch in iter_batches(ids):
        replaced = {
            pk: {
                name: state[name]
                for name in fields
                if any(instance.pk in _ids_in(name, link) for link in state[name])
            }
            for pk, state in read_states(batch, with_texts=False).items()
        }
        record_replaced(replaced, Made(ChangeKind.NAMES))


def _article_ids(rows: Any) -> Iterable[int]:
    return rows.order_by().values_list("article_id", flat=True)  # type: ignore[no-any-return]


def _ids_in(field: str, link: Any) -> list[int]:
    """The ids of names that a link of *field* has."""
    if field == "topics":
        return [link]
    return [pk for pk in (link[0] if field == "actors" else link[1],) if pk]


_NAMED: Final[Mapping[str, type[models.Model]]] = {
    "topics": Topic,
    "actors": Actor,
    "authors": Actor,
}


def _add_names(changes: Collection[ArticleChange]) -> None:
    """Fill ``names`` of unsaved changes: a name that is deleted later is still read."""
    wanted: dict[type[models.Model], set[int]] = {Topic: set(), Actor: set()}
    sources = set()
    for change in changes:
        for field, model in _NAMED.items():
            for link in change.former.get(field, ()):
                wanted[model].update(_ids_in(field, link))
        if "source_id" in change.former:
            sources.add(change.former["source_id"])
    wanted[Source] = sources
    called = {model: _read_names(model, ids) for model, ids in wanted.items()}
    for change in changes:
        names = {
            field: {
                str(pk): called[model][pk]
                for link in change.former.get(field, ())
                for pk in _ids_in(field, link)
                if pk in called[model]
            }
            for field, model in _NAMED.items()
        }
        if source := called[Source].get(change.former.get("source_id", 0)):
            names["source_id"] = {str(change.former["source_id"]): source}
        change.names = {field: each for field, each in names.items() if each}


def _read_names(model: type[models.Model], ids: Collection[int]) -> dict[int, str]:
    return {
        pk: name
        for batch in iter_batches(ids)
        for pk, name in model._default_manager.filter(pk__in=batch).values_list(
            "pk", "name_ar"
        )
    }
