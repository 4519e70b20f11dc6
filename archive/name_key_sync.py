"""Synchronizes the keys of actors with their names and aliases.

These are the keys of their sounds (`ActorNameKey`) and spellings (`ActorSpelling`).
Signals follow the saving and deleting of single rows. Bulk writes send no signals:
call `sync_name_keys` after them, in the same transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from archive.models import (
    Actor,
    ActorAlias,
    ActorNameKey,
    ActorSpelling,
    stored_spelling_key,
)
from archive.names.phonetic import name_sounds

# Actors read in one query.
_BATCH_SIZE: Final = 500
# SQLite allows 32,766 parameters in a statement; a row takes three of them at most.
_ROWS_PER_STATEMENT: Final = 1_000


def _build_spelling(actor_id: int, key: str) -> ActorSpelling:
    return ActorSpelling(actor_id=actor_id, key=key)


def _list_spelling_keys(name: str) -> tuple[str, ...]:
    key = stored_spelling_key(name)
    return (key,) if key else ()


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of keys: the values that a name has there, their column, a new row."""

    model: type[Model]
    column: str
    values: Callable[[str], tuple[str, ...]]
    build: Callable[[int, str], Model]


_TABLES: Final = (
    _Table(ActorNameKey, "sound", name_sounds, ActorNameKey.of),
    _Table(ActorSpelling, "key", _list_spelling_keys, _build_spelling),
)


def sync_name_keys(actor_ids: Iterable[int]) -> None:
    """Add the missing keys of these actors and delete their stale ones.

    Ids without an actor are ignored.
    """
    ids = iter(dict.fromkeys(actor_ids))
    while batch := list(islice(ids, _BATCH_SIZE)):
        names = _load_names(batch)
        for table in _TABLES:
            _sync_table(table, names, batch)


def _sync_table(
    table: _Table, names: Mapping[int, set[str]], actor_ids: list[int]
) -> None:
    stored = _delete_stale_keys(table, names, actor_ids)
    table.model._default_manager.bulk_create(
        (
            table.build(actor_id, value)
            for actor_id, values in _iter_values(table, names)
            for value in sorted(values - stored[actor_id])
        ),
        batch_size=_ROWS_PER_STATEMENT,
        # Another process may be saving the same actor.
        ignore_conflicts=True,
    )


def _load_names(actor_ids: list[int]) -> dict[int, set[str]]:
    """The names and aliases of each actor, by actor id."""
    names: dict[int, set[str]] = {}
    actors = Actor.objects.filter(pk__in=actor_ids).order_by()
    for actor_id, *pair in actors.values_list("pk", "name_ar", "name_latin"):
        names[actor_id] = set(pair)
    aliases = ActorAlias.objects.filter(actor_id__in=actor_ids).order_by()
    for actor_id, name in aliases.values_list("actor_id", "name"):
        names[actor_id].add(name)
    return names


def _iter_values(
    table: _Table, names: Mapping[int, set[str]]
) -> Iterator[tuple[int, set[str]]]:
    for actor_id, own in names.items():
        yield actor_id, {value for name in own for value in table.values(name)}


def _delete_stale_keys(
    table: _Table, names: Mapping[int, set[str]], actor_ids: list[int]
) -> defaultdict[int, set[str]]:
    """Delete the rows whose value no name has; returns the values that remain."""
    current = dict(_iter_values(table, names))
    stale: list[int] = []
    stored: defaultdict[int, set[str]] = defaultdict(set)
    rows = table.model._default_manager.filter(actor_id__in=actor_ids)
    for pk, actor_id, value in rows.values_list("pk", "actor_id", table.column):
        if value in current.get(actor_id, ()):
            stored[actor_id].add(value)
        else:
            stale.append(pk)
    for start in range(0, len(stale), _ROWS_PER_STATEMENT):
        ids = stale[start : start + _ROWS_PER_STATEMENT]
        table.model._default_manager.filter(pk__in=ids).delete()
    return stored


def _actor_saved(instance: Actor, *, raw: bool, **kwargs: Any) -> None:
    # A fixture (raw) contains the keys itself.
    if not raw:
        sync_name_keys([instance.pk])


def _alias_saved(instance: ActorAlias, *, raw: bool, **kwargs: Any) -> None:
    if not raw:
        sync_name_keys([instance.actor_id])


def _alias_deleted(instance: ActorAlias, **kwargs: Any) -> None:
    # Only deletes: where the actor is deleted along with the alias, new keys would
    # refer to a missing row.
    actor_ids = [instance.actor_id]
    names = _load_names(actor_ids)
    for table in _TABLES:
        _delete_stale_keys(table, names, actor_ids)


_RECEIVERS: Final = (
    (post_save, Actor, _actor_saved),
    (post_save, ActorAlias, _alias_saved),
    (post_delete, ActorAlias, _alias_deleted),
)


def connect_signals() -> None:
    """Connect the receivers; called once, when the application is ready."""
    for signal, sender, receiver in _RECEIVERS:
        signal.connect(
            receiver, sender=sender, dispatch_uid=f"name_keys.{receiver.__name__}"
        )
