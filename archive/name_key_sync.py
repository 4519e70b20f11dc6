"""Synchronizes the phonetic keys of actors with their names and aliases.

Signals follow the saving and deleting of single rows. Bulk writes send no signals:
call `sync_name_keys` after them, in the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from django.db.models.signals import post_delete, post_save

from archive.models import Actor, ActorAlias, ActorNameKey
from archive.names.phonetic import name_sounds

# Actors read in one query.
_BATCH_SIZE: Final = 500
# SQLite allows 32,766 parameters in a statement; a row takes three of them.
_ROWS_PER_STATEMENT: Final = 1_000


def sync_name_keys(actor_ids: Iterable[int]) -> None:
    """Add the missing keys of these actors and delete their stale ones.

    Ids without an actor are ignored.
    """
    ids = iter(dict.fromkeys(actor_ids))
    while batch := list(islice(ids, _BATCH_SIZE)):
        current = _load_sounds(batch)
        stored = _delete_stale_keys(batch, current)
        ActorNameKey.objects.bulk_create(
            (
                ActorNameKey.of(actor_id, sound)
                for actor_id, sounds in current.items()
                for sound in sorted(sounds - stored[actor_id])
            ),
            batch_size=_ROWS_PER_STATEMENT,
            # Another process may be saving the same actor.
            ignore_conflicts=True,
        )


def _load_sounds(actor_ids: list[int]) -> dict[int, set[str]]:
    """The sounds of the names and aliases of each actor, by actor id."""
    sounds: dict[int, set[str]] = {}
    actors = Actor.objects.filter(pk__in=actor_ids).order_by()
    for actor_id, *names in actors.values_list("pk", "name_ar", "name_latin"):
        sounds[actor_id] = {sound for name in names for sound in name_sounds(name)}
    aliases = ActorAlias.objects.filter(actor_id__in=actor_ids).order_by()
    for actor_id, name in aliases.values_list("actor_id", "name"):
        sounds[actor_id].update(name_sounds(name))
    return sounds


def _delete_stale_keys(
    actor_ids: list[int], current: Mapping[int, set[str]]
) -> defaultdict[int, set[str]]:
    """Delete the rows whose sound is not *current*; returns the sounds that remain."""
    stale: list[int] = []
    stored: defaultdict[int, set[str]] = defaultdict(set)
    rows = ActorNameKey.objects.filter(actor_id__in=actor_ids)
    for pk, actor_id, sound in rows.values_list("pk", "actor_id", "sound"):
        if sound in current.get(actor_id, ()):
            stored[actor_id].add(sound)
        else:
            stale.append(pk)
    for start in range(0, len(stale), _ROWS_PER_STATEMENT):
        ids = stale[start : start + _ROWS_PER_STATEMENT]
        ActorNameKey.objects.filter(pk__in=ids).delete()
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
    _delete_stale_keys(actor_ids, _load_sounds(actor_ids))


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
