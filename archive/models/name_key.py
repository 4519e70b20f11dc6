"""Keys of the names of actors: of their sounds, and of their spellings."""

from typing import Final

from django.db import models

from archive.models.actor import Actor
from archive.models.named import NAME_LENGTH
from archive.names.phonetic import phonetic_key

# Two joined words of the maximum length, with at most two characters a letter.
SOUND_LENGTH: Final = 130


class ActorNameKey(models.Model):
    """The sound of a word, or of two joined words, of an actor's names.

    Invariant, kept by `archive.name_key_sync`: an actor has one row for each sound of
    its names and aliases. ``key`` is the phonetic key of ``sound``.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=SOUND_LENGTH)
    sound = models.CharField(max_length=SOUND_LENGTH)

    class Meta:
        # Derived rows: nobody edits them.
        default_permissions = ()
        # Not db_index, for which PostgreSQL adds a second index for LIKE queries.
        indexes = [models.Index(fields=["key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "sound"], name="archive_name_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.sound

    @classmethod
    def of(cls, actor_id: int, sound: str) -> "ActorNameKey":
        """An unsaved row for one sound."""
        return cls(actor_id=actor_id, key=phonetic_key(sound), sound=sound)


class ActorSpelling(models.Model):
    """The spelling key of a name of an actor, by which variants of it are looked up.

    Invariant, kept by `archive.name_key_sync`: an actor has one row for each key of its
    names and aliases. Several actors may share a key.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="spellings")
    key = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        # Derived rows: nobody edits them.
        default_permissions = ()
        indexes = [models.Index(fields=["key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "key"], name="archive_spelling_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
