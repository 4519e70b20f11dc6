"""The lookup of actors by identifier, and by name and kind.

An actor matches by slug, authority identifier, Wikidata or VIAF identifier, in this
order, else by name and kind: by its main name, or by an alias that no other actor has,
written alike or, where none is, in another spelling of it. Records with conflicting
identifiers never match.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q

from archive.importing.problems import Note, excerpt
from archive.importing.records.validated import ActorRecord
from archive.importing.writing.actor_entries import (
    ActorEntry,
    build_entry,
    list_authority_ids,
    list_named,
)
from archive.importing.writing.matching.lookup import Lookup
from archive.importing.writing.matching.names import (
    allocate_slugs,
    heading_key,
    name_key,
)
from archive.models import (
    Actor,
    ActorAlias,
    ActorKind,
    ActorSpelling,
    NameEdits,
    read_name_edits,
    stored_sort_key,
    stored_spelling_key,
)
from archive.name_key_sync import sync_name_keys

# Identifiers of one actor only, the most reliable first.
IDENTIFIERS: Final = ("slug", "authority_id", "wikidata_id", "viaf_id")
# Copied from a record to a matching actor that lacks them.
COMPLETED: Final = ("authority_id", "wikidata_id", "viaf_id")
FEWEST_AMBIGUOUS: Final = 2


class ActorLookup(Lookup):
    """Actors that records may mean, loaded for one batch after the other.

    What a person has edited stays, unless *overwrite* says so.
    """

    def __init__(self, *, overwrite: bool = False) -> None:
        self.edits = NameEdits({}, {}) if overwrite else read_name_edits(Actor)
        super().__init__()

    def load(self) -> None:
        """Begin without actors; `prepare` loads those of a batch."""
        self._by_id: dict[int, ActorEntry] = {}
        self._by_identifier: Mapping[str, dict[str, ActorEntry]] = {
            name: {} for name in IDENTIFIERS
        }
        self._by_name: defaultdict[str, list[ActorEntry]] = defaultdict(list)
        self._queried: set[tuple[str, str]] = set()
        self._new: list[ActorEntry] = []
        self._new_aliases: list[tuple[ActorEntry, str]] = []
        self._completed: dict[int, Actor] = {}

    def prepare(self, records: Iterable[ActorRecord]) -> None:
        """Load the actors that the records may mean, in two or three queries."""
        values_by_column: defaultdict[str, set[str]] = defaultdict(set)
        for record in records:
            for column, value in _identifiers(record):
                values_by_column[column].add(value)
            values_by_column["spelling"].add(stored_spelling_key(record.name_ar))
        condition = Q()
        for column, values in values_by_column.items():
            new = {value for value in values if (column, value) not in self._queried}
            self._queried |= {(column, value) for value in new}
            new.discard("")
            if new and column == "spelling":
                condition |= Q(pk__in=_ids_by_spelling(new))
            elif new:
                condition |= Q(**{f"{column}__in": new})
        if condition:
            actors = Actor.objects.filter(condition).prefetch_related("aliases")
            for actor in actors.order_by("pk"):
                if actor.pk not in self._by_id:
                    self._register(build_entry(actor))

    def resolve(self, record: ActorRecord) -> tuple[ActorEntry | None, Note | None]:
        """The actor of the record, added if none matches; None and a note if several.

        The spelling of a mention becomes an alias, so that it is found in the index. An
        actor that matches by name is completed with the record's identifiers.
        """
        entry = self.find_identified(record)
        if entry:
            self._register_ids(entry, record)
        else:
            matches = self._find_named(record)
            is_ambiguous = len(matches) >= FEWEST_AMBIGUOUS
            if is_ambiguous and not any(_identifiers(record)):
                return None, _note_ambiguity(record.name_ar, matches)
            if is_ambiguous or not matches:
                return self.add(record), None
            entry = matches[0]
            self._complete(entry, record)
        is_new = heading_key(record.name_ar) not in entry.keys(heading_key)
        if record.is_mention and is_new:
            self.add_aliases(entry, [record.name_ar])
        return entry, None

    def find_identified(self, record: ActorRecord) -> ActorEntry | None:
        """The actor with one of the record's identifiers; None where there is none."""
        for name, value in _identifiers(record):
            entry = self._by_identifier[name].get(value)
            if entry and (name == "slug" or not entry.conflicts_with(record)):
                return entry
        return None

    def find(self, record: ActorRecord) -> ActorEntry | None:
        """The actor with one of the record's identifiers, else its name and kind.

        Of several with the name, the first, so that the same file adds none again.
        """
        named = self._find_named(record)
        return self.find_identified(record) or (named[0] if named else None)

    def add(self, record: ActorRecord) -> ActorEntry:
        """Add an actor, which the next `flush` writes."""
        actor = build_actor_row(record)
        entry = ActorEntry(actor)
        self._new.append(entry)
        self._register(entry)
        self._register_ids(entry, record)
        self.add_aliases(entry, record.aliases)
        self._added_in_batch.append(actor)
        return entry

    def refused_names(self, entry: ActorEntry) -> frozenset[str]:
        """The aliases that a person has taken from the actor."""
        return self.edits.removed.get(entry.actor.pk or 0, frozenset())

    def add_aliases(self, entry: ActorEntry, names: Iterable[str]) -> list[str]:
        """Add the names that the actor does not have as aliases; returns these.

        Those that a person has taken from it are left out.
        """
        added = []
        known = {entry.actor.name_ar, *self.refused_names(entry)}
        for name in names:
            if name in known or name in entry.aliases:
                continue
            if name_key(name) not in entry.keys(name_key):
                self._by_name[name_key(name)].append(entry)
            entry.aliases.add(name)
            self._new_aliases.append((entry, name))
            added.append(name)
        return added

    def save(self, entry: ActorEntry) -> None:
        """Write a changed actor; a new one is left to `flush`."""
        entry.actor.sort_key = stored_sort_key(entry.actor.name_ar)
        if entry.actor.pk:
            entry.actor.save()
        self._register(entry)

    def flush(self) -> set[int]:
        """Write new actors, aliases and identifiers; ids of stored actors that changed.

        An actor counts as changed where it has new aliases.
        """
        new = [entry.actor for entry in self._new]
        without_slug = [actor for actor in new if not actor.slug]
        names = [(actor.name_latin, actor.name_ar) for actor in without_slug]
        slugs = allocate_slugs(Actor, names)
        for actor, slug in zip(without_slug, slugs, strict=True):
            actor.slug = slug
        new_actors = {id(actor) for actor in new}
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
            if id(entry.actor) not in new_actors
        }
        sync_name_keys([actor.pk for actor in new] + sorted(changed))
        self._new, self._new_aliases, self._completed = [], [], {}
        return changed

    def _find_named(self, record: ActorRecord) -> list[ActorEntry]:
        """The actors with the record's name and kind."""
        name = record.name_ar
        entries = [
            entry
            for entry in self._by_name.get(name_key(name), ())
            if entry.is_compatible(record)
        ]
        return list_named(entries, name, heading_key) or list_named(
            entries, name, name_key
        )

    def _register_ids(self, entry: ActorEntry, record: ActorRecord) -> None:
        for value in list_authority_ids(record):
            entry.ids.add(value)
            self._by_identifier["authority_id"].setdefault(value, entry)

    def _complete(self, entry: ActorEntry, record: ActorRecord) -> None:
        self._register_ids(entry, record)
        edited = self.edits.fields.get(entry.actor.pk or 0, frozenset())
        for name in COMPLETED:
            value = getattr(record, name)
            if name not in edited and value and not getattr(entry.actor, name):
                setattr(entry.actor, name, value)
                self._by_identifier[name].setdefault(value, entry)
                if entry.actor.pk:
                    self._completed[entry.actor.pk] = entry.actor

    def _register(self, entry: ActorEntry) -> None:
        actor = entry.actor
        if actor.pk:
            self._by_id[actor.pk] = entry
        for name in IDENTIFIERS:
            if value := getattr(actor, name):
                self._by_identifier[name].setdefault(value, entry)
        for key in entry.keys(name_key):
            if entry not in self._by_name[key]:
                self._by_name[key].append(entry)


def build_actor_row(record: ActorRecord) -> Actor:
    """An unsaved actor with the values of the record and its sort key."""
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


def _ids_by_spelling(keys: set[str]) -> list[int]:
    spellings = ActorSpelling.objects.filter(key__in=keys)
    return list(spellings.values_list("actor_id", flat=True))


def _note_ambiguity(name: str, entries: list[ActorEntry]) -> Note:
    slugs = "، ".join(entry.actor.slug or entry.actor.name_ar for entry in entries)
    values = {"piece": excerpt(name), "slugs": excerpt(slugs)}
    return Note("ambiguous_actor", "actors", values)


def _identifiers(record: ActorRecord) -> list[tuple[str, str]]:
    """Columns and values of the record's identifiers, most reliable first."""
    pairs = [(name, getattr(record, name)) for name in IDENTIFIERS]
    pairs += [("authority_id", value) for value in record.other_ids]
    return [(name, value) for name, value in pairs if value]
