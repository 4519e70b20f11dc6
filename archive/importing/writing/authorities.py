"""The writers of authority records: sources, topics and actors.

Stored rows are updated from records: a value replaces another, an empty one replaces
nothing, aliases are added and never removed. What a person has edited stays, unless
*overwrite* says so. With *only_new* rows are not changed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from archive.importing.problems import Note, RecordRefused, excerpt
from archive.importing.records.validated import ActorRecord, SourceRecord, TopicRecord
from archive.importing.writing.actors import ActorLookup
from archive.importing.writing.articles import articles_of_actors, send_articles_written
from archive.importing.writing.outcome import Outcome, Pending, Result, write_bisecting
from archive.importing.writing.sources import SourceLookup, build_source_row
from archive.importing.writing.topics import TopicLookup
from archive.models import Actor, Named, Source, Topic, read_name_edits

# Keys of changes that are no columns copied from the record.
PARENT: Final = "parent_id"
_PARENT_FIELD: Final = "parent"
ALIASES: Final = "aliases"

AuthorityRecord = TypeVar("AuthorityRecord", SourceRecord, TopicRecord, ActorRecord)

SOURCE_COLUMNS: Final = ("name_ar", "name_latin", "kind", "place", "home_page")
TOPIC_COLUMNS: Final = ("name_ar", "name_latin")
ACTOR_COLUMNS: Final = (
    "kind",
    "name_ar",
    "name_latin",
    "description",
    "began",
    "ended",
    "wikidata_id",
    "viaf_id",
    "authority_id",
)


@dataclass(frozen=True, slots=True)
class Written:
    """The row of a record, and the old and new value of each field that changed.

    ``kept`` are fields that a person has edited and the file would have changed.
    """

    result: Result
    row: Named
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()


class AuthorityWriter(ABC, Generic[AuthorityRecord]):
    """Writes authority records in batches; signals of saving update the index."""

    model: type[Named]

    def __init__(self, *, only_new: bool = False, overwrite: bool = False) -> None:
        self.only_new = only_new
        self.overwrite = overwrite
        self._edited = {} if overwrite else read_name_edits(self.model).fields

    def write(self, batch: Sequence[Pending[AuthorityRecord]]) -> list[Outcome]:
        """Write the batch; the outcomes of the records that are not deferred."""
        return write_bisecting(
            batch,
            self._write_batch,
            identify=lambda record: record.slug,
            on_commit=lambda: None,
            on_rollback=self._roll_back,
        )

    def finish(self) -> list[Outcome]:
        """The outcomes of the deferred records."""
        return []

    def added_names(self) -> dict[str, int]:
        """Nothing: no names are added besides the records."""
        return {}

    def added_ids(self) -> dict[str, list[int]]:
        """Nothing, for the same reason."""
        return {}

    def _write_batch(self, batch: Sequence[Pending[AuthorityRecord]]) -> list[Outcome]:
        written = [(pending, self._write_one(pending)) for pending in batch]
        self._flush()
        return [
            Outcome(
                pending.line,
                one.result,
                pending.record.slug,
                tuple(Note("kept_as_edited", name) for name in sorted(one.kept)),
                object_id=one.row.pk,
                changes=one.changes or None,
                digest=pending.digest,
            )
            for pending, one in written
            if one
        ]

    def _complete(
        self, row: Named, record: AuthorityRecord, columns: Iterable[str]
    ) -> tuple[dict[str, tuple[object, object]], set[str]]:
        """Set the columns to the record's values, unless empty or edited by a person.

        The old and new values, and the names of the columns that were kept.
        """
        changes: dict[str, tuple[object, object]] = {}
        kept = set()
        edited = self._edited.get(row.pk, frozenset())
        for column in columns:
            value, before = getattr(record, column), getattr(row, column)
            if column not in record.given or not value or value == before:
                continue
            if column in edited:
                kept.add(column)
                continue
            changes[column] = before, value
            setattr(row, column, value)
        return changes, kept

    def _flush(self) -> None:
        """Write what `_write_one` has gathered."""

    @abstractmethod
    def _write_one(self, pending: Pending[AuthorityRecord]) -> Written | None:
        """Write a record; None where it is deferred."""

    @abstractmethod
    def _roll_back(self) -> None:
        """Forget the rows of the batch, which was rolled back."""


class SourceWriter(AuthorityWriter[SourceRecord]):
    """Matches sources by slug, else by name."""

    model = Source

    def __init__(self, *, only_new: bool = False, overwrite: bool = False) -> None:
        super().__init__(only_new=only_new, overwrite=overwrite)
        self.sources = SourceLookup()

    def _write_one(self, pending: Pending[SourceRecord]) -> Written:
        record = pending.record
        source = self.sources.find(record)
        if source is None:
            source = build_source_row(record)
            source.save()
            self.sources.register(source)
            return Written(Result.ADDED, source)
        if self.only_new:
            return Written(Result.UNCHANGED, source)
        changes, kept = self._complete(source, record, SOURCE_COLUMNS)
        if not changes:
            return Written(Result.UNCHANGED, source, kept=frozenset(kept))
        source.save()
        self.sources.register(source)
        return Written(Result.UPDATED, source, changes, frozenset(kept))

    def _roll_back(self) -> None:
        self.sources.roll_back()


class TopicWriter(AuthorityWriter[TopicRecord]):
    """Matches topics by slug, else by name and parent.

    A topic whose parent comes later in the file is deferred.
    """

    model = Topic

    def __init__(self, *, only_new: bool = False, overwrite: bool = False) -> None:
        super().__init__(only_new=only_new, overwrite=overwrite)
        self.topics = TopicLookup()
        self._deferred: list[Pending[TopicRecord]] = []

    def finish(self) -> list[Outcome]:
        """Write the deferred topics; refuse those whose parent does not exist."""
        outcomes: list[Outcome] = []
        while self._deferred:
            deferred, self._deferred = self._deferred, []
            written = self.write(deferred)
            outcomes += written
            if not written:
                outcomes += [_refuse_orphan(pending) for pending in self._deferred]
                break
        return outcomes

    def _write_one(self, pending: Pending[TopicRecord]) -> Written | None:
        record = pending.record
        parent = self._find_parent(record)
        if record.parent and parent is None:
            self._deferred.append(pending)
            return None
        topic = self._find(record, parent)
        if topic is None:
            topic = Topic(
                slug=record.slug,
                name_ar=record.name_ar,
                name_latin=record.name_latin,
                parent=parent,
            )
            topic.save()
            self.topics.register(topic)
            return Written(Result.ADDED, topic)
        if self.only_new:
            return Written(Result.UNCHANGED, topic)
        changes, kept = self._complete(topic, record, TOPIC_COLUMNS)
        before = topic.parent_id
        if parent is not None and before != parent.pk:
            if _PARENT_FIELD in self._edited.get(topic.pk, ()):
                kept.add(_PARENT_FIELD)
            else:
                _move(topic, parent)
                changes[PARENT] = before, parent.pk
        if not changes:
            return Written(Result.UNCHANGED, topic, kept=frozenset(kept))
        topic.save()
        # Names or parent of the topic have changed.
        self.topics.load()
        return Written(Result.UPDATED, topic, changes, frozenset(kept))

    def _find_parent(self, record: TopicRecord) -> Topic | None:
        if not record.parent:
            return None
        return next(iter(self.topics.find_named(record.parent)), None)

    def _find(self, record: TopicRecord, parent: Topic | None) -> Topic | None:
        if record.slug:
            return self.topics.find_by_slug(record.slug)
        parent_id = parent.pk if parent else None
        return self.topics.find_below(record.name_ar, parent_id)

    def _roll_back(self) -> None:
        # The deferred records of the batch are written again with its halves.
        self._deferred.clear()
        self.topics.roll_back()


class ActorWriter(AuthorityWriter[ActorRecord]):
    """Matches actors by identifier, else by name and kind."""

    model = Actor

    def __init__(self, *, only_new: bool = False, overwrite: bool = False) -> None:
        super().__init__(only_new=only_new, overwrite=overwrite)
        self.actors = ActorLookup(overwrite=overwrite)

    def _write_batch(self, batch: Sequence[Pending[ActorRecord]]) -> list[Outcome]:
        self.actors.prepare(pending.record for pending in batch)
        return super()._write_batch(batch)

    def _flush(self) -> None:
        changed = self.actors.flush()
        send_articles_written(articles_of_actors(changed))

    def _write_one(self, pending: Pending[ActorRecord]) -> Written:
        record = pending.record
        entry = self.actors.find(record)
        if entry is None:
            return Written(Result.ADDED, self.actors.add(record).actor)
        if self.only_new:
            return Written(Result.UNCHANGED, entry.actor)
        # A main name that the record replaces becomes an alias.
        new_names = [*record.aliases, entry.actor.name_ar]
        changes, kept = self._complete(entry.actor, record, ACTOR_COLUMNS)
        if changes:
            self.actors.save(entry)
        added = self.actors.add_aliases(entry, new_names)
        if added:
            changes[ALIASES] = [], added
        result = Result.UPDATED if changes else Result.UNCHANGED
        if set(record.aliases) & self.actors.refused_names(entry):
            kept.add(ALIASES)
        return Written(result, entry.actor, changes, frozenset(kept))

    def _roll_back(self) -> None:
        self.actors.roll_back()


def _move(topic: Topic, parent: Topic) -> None:
    """Set the parent. Raises `RecordRefused` where that would close a cycle."""
    ancestor: Topic | None = parent
    while ancestor is not None:
        if ancestor.pk == topic.pk:
            raise RecordRefused(Note("parent_loop", "parent"))
        ancestor = ancestor.parent
    topic.parent = parent


def _refuse_orphan(pending: Pending[TopicRecord]) -> Outcome:
    values = {"piece": excerpt(pending.record.parent)}
    note = Note("parent_missing", "parent", values)
    return Outcome(pending.line, Result.REFUSED, pending.record.slug, (note,))
