"""Keeps the name keys of actors as their names and aliases are.

Public: `sync_name_keys`, `connect_signals`.

Saving and deleting single rows is heard by Django's signals; who writes many rows at
once, which sends none, calls `sync_name_keys` in the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from django.db.models.signals import post_delete, post_save

from archive.models import Actor, ActorAlias, ActorNameKey
from archive.names.phonetic import name_sounds

# Actors read at a time; SQLite takes no more than 32,766 numbers in a statement.
_BATCH: Final = 500
_ROWS_IN_A_STATEMENT: Final = 1_000


def sync_name_keys(actor_ids: Iterable[int]) -> None:
    """Write what the names of these actors lack, and delete what is no longer theirs.

    The number of an actor that does not exist is passed over.
    """
    ids = iter(dict.fromkeys(actor_ids))
    while batch := list(islice(ids, _BATCH)):
        wanted = _sounds_of(batch)
        kept = _delete_stale_keys(batch, wanted)
        ActorNameKey.objects.bulk_create(
            (
                ActorNameKey.of(actor_id, sound)
                for actor_id, sounds in wanted.items()
                for sound in sorted(sounds - kept[actor_id])
            ),
            batch_size=_ROWS_IN_A_STATEMENT,
            # Another process may be saving the same actor.
            ignore_conflicts=True,
        )


def _sounds_of(actor_ids: list[int]) -> dict[int, set[str]]:
    sounds: dict[int, set[str]] = {}
    actors = Actor.objects.filter(pk__in=actor_ids).order_by()
    for actor_id, *names in actors.values_list("pk", "name_ar", "name_latin"):
        sounds[actor_id] = {sound for name in names for sound in name_sounds(name)}
    aliases = ActorAlias.objects.filter(actor_id__in=actor_ids).order_by()
    for actor_id, name in aliases.values_list("actor_id", "name"):
        sounds[actor_id].update(name_sounds(name))
    return sounds


def _delete_stale_keys(
    actor_ids: list[int], wanted: Mapping[int, set[str]]
) -> defaultdict[int, set[str]]:
    """The sounds that stay; the rows of all others are deleted."""
    stale: list[int] = []
    kept: defaultdict[int, set[str]] = defaultdict(set)
    rows = ActorNameKey.objects.filter(actor_id__in=actor_ids)
    for pk, actor_id, sound in rows.values_list("pk", "actor_id", "sound"):
        if sound in wanted.get(actor_id, ()):
            kept[actor_id].add(sound)
        else:
            stale.append(pk)
    for start in range(0, len(stale), _ROWS_IN_A_STATEMENT):
        numbers = stale[start : start + _ROWS_IN_A_STATEMENT]
        ActorNameKey.objects.filter(pk__in=numbers).delete()
    return kept


def _actor_saved(instance: Actor, *, raw: bool, **kwargs: Any) -> None:
    # What is loaded from a dump brings its keys.
    if not raw:
        sync_name_keys([instance.pk])


def _alias_saved(instance: ActorAlias, *, raw: bool, **kwargs: Any) -> None:
    if not raw:
        sync_name_keys([instance.actor_id])


def _alias_deleted(instance: ActorAlias, **kwargs: Any) -> None:
    # Adds nothing: the actor may be about to follow, and its keys are gone already.
    _delete_stale_keys([instance.actor_id], _sounds_of([instance.actor_id]))


_RECEIVERS: Final = (
    (post_save, Actor, _actor_saved),
    (post_save, ActorAlias, _alias_saved),
    (post_delete, ActorAlias, _alias_deleted),
)


def connect_signals() -> None:
    """Listen to what is saved and deleted; called once, when the app is ready."""
    for signal, sender, receiver in _RECEIVERS:
        signal.connect(
            receiver, sender=sender, dispatch_uid=f"name_keys.{receiver.__name__}"
        )
