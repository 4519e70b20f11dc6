"""Actors by identifier and by name, and the ones an import adds.

Public: `ActorLookup`, `ActorEntry`.

An actor is joined by slug, authority id, Wikidata id or VIAF id, in this order, and
else by exact folded name and kind: a name that is one actor's main name, or the
alias of one actor only. Two records with different identifiers are never joined.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q

from archive.importing.identifiers import identifiers_conflict
from archive.importing.problems import Note, excerpt
from archive.importing.records.validated import ActorRecord
from archive.importing.writing.lookup import Lookup
from archive.importing.writing.names import allocate_slugs, name_key
from archive.models import Actor, ActorAlias, ActorKind, stored_sort_key
from archive.name_key_sync import sync_name_keys

# The identifiers that name one actor only, the surest first.
IDENTIFIERS: Final = ("slug", "authority_id", "wikidata_id", "viaf_id")
# Different values of these are different actors; VIAF has several for some persons.
DISTINGUISHING: Final = ("slug", "wikidata_id")
COMPLETED: Final = ("authority_id", "wikidata_id", "viaf_id")


@dataclass(slots=True, eq=False)
class ActorEntry:
    """What is remembered of an actor; `actor.pk` is None until it is written."""

    actor: Actor
    aliases: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    """Authority ids, also those that records had beside the one that is stored."""

    @property
    def main_key(self) -> str:
        """The key of the main name."""
        return name_key(self.actor.name_ar)

    def name_keys(self) -> set[str]:
        """The keys of the main name and of every alias."""
        return {self.main_key, *map(name_key, self.aliases)}

    def may_be(self, record: ActorRecord) -> bool:
        """Whether nothing in kind and identifiers speaks against the record."""
        if record.kind and record.kind != self.actor.kind:
            return False
        if self.is_apart(record):
            return False
        return all(
            not getattr(record, name)
            or not getattr(self.actor, name)
            or getattr(record, name) == getattr(self.actor, name)
            for name in DISTINGUISHING
        )

    def is_apart(self, record: ActorRecord) -> bool:
        """Whether one authority file has the two under different identifiers."""
        theirs = _authority_ids(record)
        return not self.ids & theirs and any(
            identifiers_conflict(one, other) for one in self.ids for other in theirs
        )


class ActorLookup(Lookup):
    """The actors that the records so far have named, looked up batch by batch."""

    def _load(self) -> None:
        self._by_id: dict[int, ActorEntry] = {}
        self._by_identifier: Mapping[str, dict[str, ActorEntry]] = {
            name: {} for name in IDENTIFIERS
        }
        self._by_name: defaultdict[str, list[ActorEntry]] = defaultdict(list)
        self._asked: set[tuple[str, str]] = set()
        self._new: list[ActorEntry] = []
        self._new_aliases: list[tuple[ActorEntry, str]] = []
        self._completed: dict[int, Actor] = {}

    def prepare(self, records: Iterable[ActorRecord]) -> None:
        """Look up every actor that the records may mean, in two or three queries."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for record in records:
            for name, value in _identifiers(record):
                wanted[name].add(value)
            wanted["sort_key"].add(stored_sort_key(record.name_ar))
        condition = Q()
        for name, values in wanted.items():
            fresh = {value for value in values if (name, value) not in self._asked}
            self._asked |= {(name, value) for value in fresh}
            fresh.discard("")
            if fresh:
                condition |= Q(**{f"{name}__in": fresh})
            if fresh and name == "sort_key":
                condition |= Q(pk__in=_ids_by_alias(fresh))
        if condition:
            known = self._by_id.keys()
            found = Actor.objects.filter(condition).prefetch_related("aliases")
            for actor in found.order_by("pk"):
                if actor.pk not in known:
                    self._learn(_entry(actor))

    def resolve(self, record: ActorRecord) -> tuple[ActorEntry, Note | None]:
        """The actor that the record means, new where none fits, and a remark.

        An identified mention teaches the actor its spelling as an alias, and a
        joined actor the identifiers that it lacks.
        """
        entry = self.find_identified(record)
        if entry:
            self._learn_ids(entry, record)
            if record.is_mention and name_key(record.name_ar) not in entry.name_keys():
                self.add_aliases(entry, [record.name_ar])
            return entry, None
        entry, note = self._find_named(record)
        if entry:
            self._complete(entry, record)
            return entry, note
        return self.add(record), None

    def find_identified(self, record: ActorRecord) -> ActorEntry | None:
        """The actor with one of the record's identifiers; None where there is none."""
        for name, value in _identifiers(record):
            entry = self._by_identifier[name].get(value)
            if entry and (name == "slug" or not entry.is_apart(record)):
                return entry
        return None

    def find(self, record: ActorRecord) -> ActorEntry | None:
        """The actor with the record's identifier, or else with its name and kind."""
        return self.find_identified(record) or self._find_named(record)[0]

    def add(self, record: ActorRecord) -> ActorEntry:
        """A new actor, written by the next `flush`."""
        actor = build_actor_row(record)
        entry = ActorEntry(actor)
        self._new.append(entry)
        self._learn(entry)
        self._learn_ids(entry, record)
        self.add_aliases(entry, record.aliases)
        self._fresh += 1
        return entry

    def add_aliases(self, entry: ActorEntry, names: Iterable[str]) -> int:
        """Note the spellings that the actor does not have; how many they were."""
        count = 0
        for name in names:
            if name in {entry.actor.name_ar, *entry.aliases}:
                continue
            if name_key(name) not in entry.name_keys():
                self._by_name[name_key(name)].append(entry)
            entry.aliases.add(name)
            self._new_aliases.append((entry, name))
            count += 1
        return count

    def save(self, entry: ActorEntry) -> None:
        """Write an actor that was changed, or let it wait where it is new."""
        entry.actor.sort_key = stored_sort_key(entry.actor.name_ar)
        if entry.actor.pk:
            entry.actor.save()
        self._learn(entry)

    def flush(self) -> set[int]:
        """Write what is new; the ids of actors that were there and have changed."""
        new = [entry.actor for entry in self._new]
        missing = [actor for actor in new if not actor.slug]
        pairs = [(actor.name_latin, actor.name_ar) for actor in missing]
        for actor, slug in zip(missing, allocate_slugs(Actor, pairs), strict=True):
            actor.slug = slug
        was_new = {id(actor) for actor in new}
        Actor.objects.bulk_create(new)
        ActorAlias.objects.bulk_create(
            ActorAlias(actor=entry.actor, name=name, sort_key=stored_sort_key(name))
            for entry, name in self._new_aliases
        )
        for entry in self._new:
            self._by_id[entry.actor.pk] = entry
            self._by_identifier["slug"][entry.actor.slug] = entry
        Actor.objects.bulk_update(self._completed.values(), COMPLETED)
        changed = {
            entry.actor.pk
            for entry, _ in self._new_aliases
            if id(entry.actor) not in was_new
        }
        sync_name_keys([actor.pk for actor in new] + sorted(changed))
        self._new, self._new_aliases, self._completed = [], [], {}
        return changed

    def _find_named(self, record: ActorRecord) -> tuple[ActorEntry | None, Note | None]:
        key = name_key(record.name_ar)
        found = [entry for entry in self._by_name.get(key, ()) if entry.may_be(record)]
        mains = [entry for entry in found if entry.main_key == key]
        if len(mains) > 1:
            slug = mains[0].actor.slug or mains[0].actor.name_ar
            values = {"piece": excerpt(record.name_ar), "slug": slug}
            return mains[0], Note("ambiguous_actor", "actors", values)
        # An alias of several actors tells none of them.
        one = mains or (found if len(found) == 1 else [])
        return (one[0] if one else None), None

    def _learn_ids(self, entry: ActorEntry, record: ActorRecord) -> None:
        for value in _authority_ids(record):
            entry.ids.add(value)
            self._by_identifier["authority_id"].setdefault(value, entry)

    def _complete(self, entry: ActorEntry, record: ActorRecord) -> None:
        self._learn_ids(entry, record)
        for name in COMPLETED:
            value = getattr(record, name)
            if value and not getattr(entry.actor, name):
                setattr(entry.actor, name, value)
                self._by_identifier[name].setdefault(value, entry)
                if entry.actor.pk:
                    self._completed[entry.actor.pk] = entry.actor

    def _learn(self, entry: ActorEntry) -> None:
        actor = entry.actor
        if actor.pk:
            self._by_id[actor.pk] = entry
        for name in IDENTIFIERS:
            if value := getattr(actor, name):
                self._by_identifier[name].setdefault(value, entry)
        for key in entry.name_keys():
            if entry not in self._by_name[key]:
                self._by_name[key].append(entry)


def build_actor_row(record: ActorRecord) -> Actor:
    """An actor that is not saved yet, with the sorting key that saving would set."""
    return Actor(
        slug=record.slug,
        kind=record.kind or ActorKind.PERSON,
        name_ar=record.name_ar,
        name_latin=record.name_latin,
        sort_key=stored_sort_key(record.name_ar),
        description=record.description,
        began=record.began,
        ended=record.ended,
        wikidata_id=record.wikidata_id,
        viaf_id=record.viaf_id,
        authority_id=record.authority_id,
    )


def _entry(actor: Actor) -> ActorEntry:
    aliases = {alias.name for alias in actor.aliases.all()}
    return ActorEntry(actor, aliases, {actor.authority_id} - {""})


def _ids_by_alias(keys: set[str]) -> list[int]:
    aliases = ActorAlias.objects.filter(sort_key__in=keys)
    return list(aliases.values_list("actor_id", flat=True))


def _identifiers(record: ActorRecord) -> list[tuple[str, str]]:
    """The columns and values under which the record's actor may be known."""
    pairs = [(name, getattr(record, name)) for name in IDENTIFIERS]
    pairs += [("authority_id", value) for value in record.other_ids]
    return [(name, value) for name, value in pairs if value]


def _authority_ids(record: ActorRecord) -> set[str]:
    return {record.authority_id, *record.other_ids} - {""}
