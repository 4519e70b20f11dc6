"""The consonants by which an actor is found when its name is typed in Latin letters."""

from typing import Final

from django.db import models

from archive.models.actor import Actor
from archive.names.phonetic import phonetic_key

# Two words of the longest that have sounds, each letter of them as two.
SOUND_LENGTH: Final = 130


class ActorNameKey(models.Model):
    """A word of an actor's names, or two joined, as it sounds.

    Invariant: an actor has one row for each sound of its names and aliases;
    `archive.name_key_sync` keeps it so.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=SOUND_LENGTH)
    sound = models.CharField(max_length=SOUND_LENGTH)

    class Meta:
        # Nobody edits these.
        default_permissions = ()
        # Not db_index, with which PostgreSQL would keep a second one for prefixes.
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
        """The row of one sound, not saved yet."""
        return cls(actor_id=actor_id, key=phonetic_key(sound), sound=sound)
