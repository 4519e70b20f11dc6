"""Versions of an article, read from the article and its changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from archive.models import (
    Actor,
    Article,
    ArticleChange,
    EntryResult,
    ImportBatch,
    ImportEntry,
    Source,
    Topic,
)
from archive.versions.state import State, read_states


@dataclass(frozen=True, slots=True)
class Version:
    """A version: its number from 1, and how it came about.

    ``kind`` is the label of the change, ``""`` of the version that was added first.
    ``fields`` are the names of the fields by which it differs from the one before.
    """

    number: int
    made_at: dt.datetime
    made_by: Any = None
    kind: str = ""
    batch: ImportBatch | None = None
    restored: int | None = None
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class History:
    """The versions of an article, oldest first, and what their ids were called."""

    article: Article
    versions: list[Version]
    changes: list[ArticleChange]
    now: State
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def state_at(self, number: int) -> State:
        """The state at version *number*, from 1 to the number of versions."""
        state = dict(self.now)
        for change in reversed(self.changes[number - 1 :]):
            state.update(change.former)
        return state

    def name_of(self, name_field: str, pk: object) -> str:
        """What the row was called last that a link or the source refers to."""
        return self.names.get(name_field, {}).get(str(pk), f"#{pk}")


def read_history(article: Article) -> History:
    """All versions of *article*, in a handful of queries."""
    changes = list(article.changes.select_related("made_by", "batch"))
    first = Version(
        1, article.created_at, article.created_by, batch=_find_batch(article)
    )
    versions = [first]
    for number, change in enumerate(changes, start=2):
        versions.append(
            Version(
                number,
                change.made_at,
                change.made_by,
                change.get_kind_display(),
                change.batch,
                change.restored,
                tuple(change.former),
            )
        )
    now = read_states([article.pk])[article.pk]
    return History(article, versions, changes, now, _read_names(changes, now))


def _find_batch(article: Article) -> ImportBatch | None:
    """The import that has added the article."""
    added = ImportEntry.objects.filter(
        object_id=article.pk, result=EntryResult.ADDED, batch__kind="articles"
    )
    entry = added.select_related("batch").first()
    return entry.batch if entry else None


def _read_names(changes: list[ArticleChange], now: State) -> dict[str, dict[str, str]]:
    """Names by field and id: those of today, else those that were noted."""
    names: dict[str, dict[str, str]] = {}
    for change in changes:
        for name_field, called in change.names.items():
            names.setdefault(name_field, {}).update(called)
    wanted: dict[str, tuple[type[Model], set[int]]] = {
        "topics": (Topic, set(now["topics"])),
        "actors": (Actor, {pk for pk, _role in now["actors"]}),
        "authors": (Actor, {pk for _name, pk in now["authors"] if pk}),
        "source_id": (Source, {now["source_id"]}),
    }
    for name_field, (model, ids) in wanted.items():
        ids |= {int(pk) for pk in names.get(name_field, ())}
        rows = model._default_manager.filter(pk__in=ids).values_list("pk", "name_ar")
        called = {str(pk): name for pk, name in rows}
        names.setdefault(name_field, {}).update(called)
    return names
