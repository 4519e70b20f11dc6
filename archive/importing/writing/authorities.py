"""The writers of authority records: sources, topics and actors.

Stored rows are updated from records: a value replaces another, an empty one replaces
nothing, aliases are added and never removed. With *only_new* they are not changed.
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
from archive.models import Named, Topic

# Keys of changes that are no columns copied from the record.
PARENT: Final = "parent_id"
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
    """The row of a record, and the old and new value of each field that changed."""

    result: Result
    row: Named
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)


class AuthorityWriter(ABC, Generic[AuthorityRecord]):
    """Writes authority records in batches; signals of saving update the index."""

    def __init__(self, *, only_new: bool = False) -> None:
        self.only_new = only_new

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
                object_id=one.row.pk,
                changes=one.changes or None,
                digest=pending.digest,
            )
            for pending, one in written
            if one
        ]

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

    def __init__(self, *, only_new: bool = False) -> None:
        super().__init__(only_new=only_new)
        self.sources = SourceLookup()

    def _write_one(self, pending: Pending[SourceRecord]) -> Written:
        record = pending.record
        source = self.sources.find(record)
        if source is None:
            source = build_source_row(record)
            source.save()
            self.sources.register(source)
            return Written(Result.ADDED, source)
        changes = {} if self.only_new else complete(source, record, SOURCE_COLUMNS)
        if not changes:
            return Written(Result.UNCHANGED, source)
        source.save()
        self.sources.register(source)
        return Written(Result.UPDATED, source, changes)

    def _roll_back(self) -> None:
        self.sources.roll_back()


class TopicWriter(AuthorityWriter[TopicRecord]):
    """Matches topics by slug, else by name and parent.

    A topic whose parent comes later in the file is deferred.
    """

    def __init__(self, *, only_new: bool = False) -> None:
        super().__init__(only_new=only_new)
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
        changes = complete(topic, record, TOPIC_COLUMNS)
        before = topic.parent_id
        if self._move(topic, parent):
            changes[PARENT] = before, topic.parent_id
        if not changes:
            return Written(Result.UNCHANGED, topic)
        topic.save()
        # Names or parent of the topic have changed.
        self.topics.load()
        return Written(Result.UPDATED, topic, changes)

    def _find_parent(self, record: TopicRecord) -> Topic | None:
        if not record.parent:
            return None
        return next(iter(self.topics.find_named(record.parent)), None)

    def _find(self, record: TopicRecord, parent: Topic | None) -> Topic | None:
        if record.slug:
            return self.topics.find_by_slug(record.slug)
        parent_id = parent.pk if parent else None
        return self.topics.find_below(record.name_ar, parent_id)

    def _move(self, topic: Topic, parent: Topic | None) -> bool:
        """Set the parent; returns whether it changed.

        Raises `RecordRefused` where that would close a cycle.
        """
        if parent is None or topic.parent_id == parent.pk:
            return False
        ancestor: Topic | None = parent
        while ancestor is not None:
            if ancestor.pk == topic.pk:
                raise RecordRefused(Note("parent_loop", "parent"))
            ancestor = ancestor.parent
        topic.parent = parent
        return True

    def _roll_back(self) -> None:
        # The deferred records of the batch are written again with its halves.
        self._deferred.clear()
        self.topics.roll_back()


class ActorWriter(AuthorityWriter[ActorRecord]):
    """Matches actors by identifier, else by name and kind."""

    def __init__(self, *, only_new: bool = False) -> None:
        super().__init__(only_new=only_new)
        self.actors = ActorLookup()

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
        changes = complete(entry.actor, record, ACTOR_COLUMNS)
        if changes:
            self.actors.save(entry)
        added = self.actors.add_aliases(entry, new_names)
        if added:
            changes[ALIASES] = [], added
        result = Result.UPDATED if changes else Result.UNCHANGED
        return Written(result, entry.actor, changes)

    def _roll_back(self) -> None:
        self.actors.roll_back()


def complete(
    row: Named, record: SourceRecord | TopicRecord | ActorRecord, columns: Iterable[str]
) -> dict[str, tuple[object, object]]:
    """Set the columns to the record's values, unless empty; the old and new values."""
    changes: dict[str, tuple[object, object]] = {}
    for column in columns:
        value = getattr(record, column)
        if column in record.given and value and value != getattr(row, column):
            changes[column] = getattr(row, column), value
            setattr(row, column, value)
    return changes


def _refuse_orphan(pending: Pending[TopicRecord]) -> Outcome:
    values = {"piece": excerpt(pending.record.parent)}
    note = Note("parent_missing", "parent", values)
    return Outcome(pending.line, Result.REFUSED, pending.record.slug, (note,))
