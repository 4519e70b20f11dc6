"""Sources, topics and actors from authority files into the database.

Public: `SourceWriter`, `TopicWriter`, `ActorWriter`.

A row that is there already is completed and corrected from the record: a filled
value replaces another, an empty one replaces nothing, aliases are added and never
taken away. With *only_new* it is left alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

from archive.importing.problems import Note, RecordRefused, excerpt
from archive.importing.records.validated import ActorRecord, SourceRecord, TopicRecord
from archive.importing.writing.actors import ActorLookup
from archive.importing.writing.articles import articles_of_actors, send_articles_written
from archive.importing.writing.outcome import Outcome, Pending, Result, write_bisecting
from archive.importing.writing.sources import SourceLookup, build_source_row
from archive.importing.writing.topics import TopicLookup
from archive.models import Named, Topic

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


class AuthorityWriter(ABC, Generic[AuthorityRecord]):
    """Writes authority records in batches; saving tells the index of each change."""

    def __init__(self, *, only_new: bool = False) -> None:
        self.only_new = only_new

    def write(self, batch: Sequence[Pending[AuthorityRecord]]) -> list[Outcome]:
        """What became of each record that does not have to wait for another."""
        return write_bisecting(
            batch,
            self._write_batch,
            name=lambda record: record.slug,
            keep=lambda: None,
            forget=self._forget,
        )

    def finish(self) -> list[Outcome]:
        """What became of the records that had to wait for the end of the file."""
        return []

    def added_names(self) -> dict[str, int]:
        """Nothing is added beside the records themselves."""
        return {}

    def _write_batch(self, batch: Sequence[Pending[AuthorityRecord]]) -> list[Outcome]:
        return [
            Outcome(pending.line, result, pending.record.slug)
            for pending in batch
            if (result := self._write_one(pending))
        ]

    @abstractmethod
    def _write_one(self, pending: Pending[AuthorityRecord]) -> Result | None: ...

    @abstractmethod
    def _forget(self) -> None: ...


class SourceWriter(AuthorityWriter[SourceRecord]):
    """Joins by slug, else by name."""

    def __init__(self, *, only_new: bool = False) -> None:
        super().__init__(only_new=only_new)
        self.sources = SourceLookup()

    def _write_one(self, pending: Pending[SourceRecord]) -> Result:
        record = pending.record
        source = self.sources.find(record)
        if source is None:
            source = build_source_row(record)
            source.save()
            self.sources.learn(source)
            return Result.ADDED
        if self.only_new or not complete(source, record, SOURCE_COLUMNS):
            return Result.UNCHANGED
        source.save()
        self.sources.learn(source)
        return Result.UPDATED

    def _forget(self) -> None:
        self.sources.reload()


class TopicWriter(AuthorityWriter[TopicRecord]):
    """Joins by slug, else by name; a topic waits for its parent, wherever it stands."""

    def __init__(self, *, only_new: bool = False) -> None:
        super().__init__(only_new=only_new)
        self.topics = TopicLookup()
        self._waiting: list[Pending[TopicRecord]] = []

    def finish(self) -> list[Outcome]:
        """Write the topics whose parents came later; refuse those without one."""
        outcomes: list[Outcome] = []
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            written = self.write(waiting)
            outcomes += written
            if not written:
                outcomes += [_refuse_orphan(pending) for pending in self._waiting]
                break
        return outcomes

    def _write_one(self, pending: Pending[TopicRecord]) -> Result | None:
        record = pending.record
        parent = self._find_parent(record)
        if record.parent and parent is None:
            self._waiting.append(pending)
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
            self.topics.learn(topic)
            return Result.ADDED
        if self.only_new:
            return Result.UNCHANGED
        is_changed = complete(topic, record, TOPIC_COLUMNS)
        is_changed |= self._move(topic, parent)
        if not is_changed:
            return Result.UNCHANGED
        topic.save()
        self.topics.reload()
        return Result.UPDATED

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
        """Whether the topic was put below another one; raises `RecordRefused`."""
        if parent is None or topic.parent_id == parent.pk:
            return False
        above: Topic | None = parent
        while above is not None:
            if above.pk == topic.pk:
                raise RecordRefused(Note("parent_loop", "parent"))
            above = above.parent
        topic.parent = parent
        return True

    def _forget(self) -> None:
        # What waited in the batch is offered again with it.
        self._waiting.clear()
        self.topics.reload()


class ActorWriter(AuthorityWriter[ActorRecord]):
    """Joins by identifier, else by name and kind."""

    def __init__(self, *, only_new: bool = False) -> None:
        super().__init__(only_new=only_new)
        self.actors = ActorLookup()

    def _write_batch(self, batch: Sequence[Pending[ActorRecord]]) -> list[Outcome]:
        self.actors.prepare(pending.record for pending in batch)
        outcomes = super()._write_batch(batch)
        changed = self.actors.flush()
        send_articles_written(articles_of_actors(changed))
        return outcomes

    def _write_one(self, pending: Pending[ActorRecord]) -> Result:
        record = pending.record
        entry = self.actors.find(record)
        if entry is None:
            self.actors.add(record)
            return Result.ADDED
        if self.only_new:
            return Result.UNCHANGED
        # A name that the record replaces stays as an alias.
        new_names = [*record.aliases, entry.actor.name_ar]
        is_changed = complete(entry.actor, record, ACTOR_COLUMNS)
        if is_changed:
            self.actors.save(entry)
        is_changed |= bool(self.actors.add_aliases(entry, new_names))
        return Result.UPDATED if is_changed else Result.UNCHANGED

    def _forget(self) -> None:
        self.actors.reload()


def complete(
    row: Named, record: SourceRecord | TopicRecord | ActorRecord, columns: Iterable[str]
) -> bool:
    """Set the columns that the record fills otherwise; whether there were any."""
    is_changed = False
    for column in columns:
        value = getattr(record, column)
        if column in record.given and value and value != getattr(row, column):
            setattr(row, column, value)
            is_changed = True
    return is_changed


def _refuse_orphan(pending: Pending[TopicRecord]) -> Outcome:
    values = {"piece": excerpt(pending.record.parent)}
    note = Note("parent_missing", "parent", values)
    return Outcome(pending.line, Result.REFUSED, pending.record.slug, (note,))
