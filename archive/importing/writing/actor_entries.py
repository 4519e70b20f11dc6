"""Actors as the lookup holds them: their names, keys and identifiers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from archive.importing.identifiers import identifiers_conflict
from archive.importing.records.validated import ActorRecord
from archive.models import Actor

# Different values mean different actors; VIAF has several for some persons.
DISTINGUISHING: Final = ("slug", "wikidata_id")

# The key by which two names are compared: `heading_key` or `name_key`.
NameKey = Callable[[str], str]


@dataclass(slots=True, eq=False)
class ActorEntry:
    """An actor of the lookup; `actor.pk` is None until it is written.

    `ids` are authority identifiers: the stored one and further ones of records.
    """

    actor: Actor
    aliases: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def keys(self, key_of: NameKey) -> set[str]:
        """The keys of the main name and of every alias."""
        return {key_of(self.actor.name_ar), *map(key_of, self.aliases)}

    def is_compatible(self, record: ActorRecord) -> bool:
        """Whether kind and identifiers of the record do not contradict the actor's."""
        if record.kind and record.kind != self.actor.kind:
            return False
        if self.conflicts_with(record):
            return False
        return all(
            not getattr(record, name)
            or not getattr(self.actor, name)
            or getattr(record, name) == getattr(self.actor, name)
            for name in DISTINGUISHING
        )

    def conflicts_with(self, record: ActorRecord) -> bool:
        """Whether an authority file has different identifiers for the two."""
        record_ids = list_authority_ids(record)
        return not self.ids & record_ids and any(
            identifiers_conflict(own, other) for own in self.ids for other in record_ids
        )


def build_entry(actor: Actor) -> ActorEntry:
    """The entry of a stored actor, whose aliases are fetched."""
    aliases = {alias.name for alias in actor.aliases.all()}
    return ActorEntry(actor, aliases, {actor.authority_id} - {""})


def list_named(
    entries: Sequence[ActorEntry], name: str, key_of: NameKey
) -> list[ActorEntry]:
    """The entries with this main name, else those with this alias."""
    key = key_of(name)
    by_main_name = [each for each in entries if key_of(each.actor.name_ar) == key]
    return by_main_name or [each for each in entries if key in each.keys(key_of)]


def list_authority_ids(record: ActorRecord) -> set[str]:
    """The authority identifiers of the record, the further ones too."""
    return {record.authority_id, *record.other_ids} - {""}
