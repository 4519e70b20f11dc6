"""The writer of articles."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils import timezone

from archive.duplicates import RecentRuns, note_texts
from archive.importing.problems import Note, RecordRefused
from archive.importing.records.articles import DEFAULT_LANGUAGE
from archive.importing.records.validated import ActorRecord, ArticleRecord
from archive.importing.writing.actor_entries import ActorEntry
from archive.importing.writing.actors import ActorLookup
from archive.importing.writing.changes import ArticleLinks, StoredArticles
from archive.importing.writing.matching import (
    Candidate,
    Identities,
    correct_sources,
    find_same_texts,
    note_alike,
    note_duplicates,
)
from archive.importing.writing.outcome import Outcome, Pending, Result, write_bisecting
from archive.importing.writing.policy import Policy
from archive.importing.writing.sources import SourceLookup
from archive.importing.writing.topics import TopicLookup
from archive.insertion import allocate_ids, insert_rows
from archive.models import Article, ArticleAuthor, ChangeKind, Status
from archive.signals import articles_written
from archive.versions import Made, record_replaced

# Columns of an article that are the record's fields as they are.
_RECORDED: Final = (
    "title", "subtitle", "body", "byline", "published_as_printed", "published_in_file",
    "kind", "volume", "issue", "pages", "place", "rights", "url", "external_id",
    "acquired_from",
)  # fmt: skip


class ArticleWriter:
    """Writes batches of articles with the sources, topics and actors they name.

    A stored article is updated from the fields that its record has, but for those that
    a person has edited, unless *overwrite* says so; with *only_new* it is not changed.
    Every batch is one transaction, in which `articles_written` is sent.
    """

    def __init__(self, *, only_new: bool = False, overwrite: bool = False) -> None:
        # Of the import, for the versions of what it corrects.
        self.made = Made(ChangeKind.IMPORT)
        self.only_new = only_new
        self.overwrite = overwrite
        self.sources = SourceLookup()
        self.topics = TopicLookup()
        self.actors = ActorLookup(overwrite=overwrite)
        self.identities = Identities()
        self.recent = RecentRuns()
        self._lookups = (self.sources, self.topics, self.actors)

    def write(self, batch: Sequence[Pending[ArticleRecord]]) -> list[Outcome]:
        """Write the batch; the outcomes of its records, by line."""
        outcomes = write_bisecting(
            batch,
            self._write_batch,
            identify=lambda record: record.external_id,
            on_commit=self._commit,
            on_rollback=self._roll_back,
        )
        return sorted(outcomes, key=lambda outcome: outcome.line)

    def finish(self) -> list[Outcome]:
        """Nothing: `write` defers no record."""
        return []

    def added_names(self) -> dict[str, int]:
        """The numbers of sources, topics and actors that were added for articles."""
        return {
            "sources_added": self.sources.added,
            "topics_added": self.topics.added,
            "actors_added": self.actors.added,
        }

    def added_ids(self) -> dict[str, list[int]]:
        """The ids of sources, topics and actors that were added for articles."""
        return {
            "sources": self.sources.added_ids,
            "topics": self.topics.added_ids,
            "actors": self.actors.added_ids,
        }

    def _commit(self) -> None:
        self.identities.commit()
        for lookup in self._lookups:
            lookup.commit()

    def _roll_back(self) -> None:
        self.identities.roll_back()
        for lookup in self._lookups:
            lookup.roll_back()

    def _write_batch(self, batch: Sequence[Pending[ArticleRecord]]) -> list[Outcome]:
        refused, candidates = self._build_candidates(batch)
        self.identities.find(candidates, is_new_source=self.sources.is_new)
        same_texts = find_same_texts(candidates)
        correct_sources(
            candidates,
            same_texts,
            is_new_source=self.sources.is_new,
            claim=self.identities.claim,
        )
        note_duplicates(candidates, same_texts)
        outcomes = refused
        if self.only_new:
            outcomes += [
                _outcome(each, Result.UNCHANGED, [])
                for each in candidates
                if each.article_id
            ]
            candidates = [each for each in candidates if not each.article_id]
        self.actors.prepare(_mentions(candidates))
        resolved = [(each, *self._resolve(each)) for each in candidates]
        changed_actors = self.actors.flush()
        new = [each for each in candidates if not each.article_id]
        _insert([each.article for each in new])
        note_alike(new, self.recent)
        written = self._write_resolved(resolved, outcomes)
        send_articles_written([*written, *articles_of_actors(changed_actors)])
        return outcomes

    def _write_resolved(
        self,
        resolved: Sequence[tuple[Candidate, ArticleLinks, list[Note]]],
        outcomes: list[Outcome],
    ) -> list[int]:
        """Write links and updates, add *outcomes*; ids of new and changed articles."""
        ids = [each.article_id for each, _, _ in resolved if each.article_id]
        stored = StoredArticles(ids)
        policy = Policy.load(ids, overwrite=self.overwrite)
        written = []
        replaced: dict[int, dict[str, object]] = {}
        for each, links, notes in resolved:
            if each.article_id is None:
                self.identities.register(each, each.article.pk)
                stored.add_links(each.article.pk, links)
                written.append(each.article.pk)
                outcomes.append(_outcome(each, Result.ADDED, notes))
                continue
            changes, kept = stored.update(each, links, policy)
            if changes:
                written.append(each.article_id)
                replaced[each.article_id] = {
                    name: old for name, (old, _new) in changes.items()
                }
            result = Result.UPDATED if changes else Result.UNCHANGED
            outcomes.append(_outcome(each, result, [*notes, *kept], changes))
        stored.flush()
        record_replaced(replaced, self.made)
        rewritten = {pk for pk, former in replaced.items() if "body" in former}
        note_texts(
            {
                each.article_id: each.article.body
                for each, _, _ in resolved
                if each.article_id in rewritten
            }
        )
        return written

    def _build_candidates(
        self, batch: Sequence[Pending[ArticleRecord]]
    ) -> tuple[list[Outcome], list[Candidate]]:
        """Outcomes of refused duplicates, and candidates of the other records."""
        refused, candidates = [], []
        now, blank = timezone.now(), blank_values()
        for pending in batch:
            record = pending.record
            source_id = self.sources.find_or_add(record.source)
            article = build_article_row(record, source_id, now, blank)
            each = Candidate(pending.line, record, article, pending.digest)
            try:
                self.identities.refuse_duplicate(each)
            except RecordRefused as error:
                refused.append(_outcome(each, Result.REFUSED, [error.note]))
                continue
            candidates.append(each)
        return refused, candidates

    def _resolve(self, candidate: Candidate) -> tuple[ArticleLinks, list[Note]]:
        record = candidate.record
        notes: list[Note | None] = []
        topics: list[int] = []
        actors: list[tuple[ActorEntry, str]] = []
        for path in record.topics:
            topic_id, note = self.topics.find_or_add(path)
            topics.append(topic_id)
            notes.append(note)
        for mention in record.actors:
            entry, note = self.actors.resolve(mention)
            if entry:
                actors.append((entry, mention.role))
            notes.append(note)
        authors: list[tuple[str, ActorEntry | None]] = []
        for author in record.authors:
            entry_or_none = (
                self.actors.resolve(author.actor)[0] if author.actor else None
            )
            authors.append((author.name, entry_or_none))
        if record.stated_hash and record.stated_hash != candidate.content_hash:
            notes.append(Note("hash_differs", "content_hash"))
        links = ArticleLinks(tuple(topics), tuple(actors), tuple(authors))
        return links, [note for note in notes if note]


def _insert(articles: list[Article]) -> None:
    """Insert new articles and give them their ids."""
    ids = allocate_ids(Article, len(articles)) if articles else []
    for article, pk in zip(articles, ids, strict=True):
        article.pk = pk
    insert_rows(Article, articles, with_ids=True)


def build_article_row(
    record: ArticleRecord,
    source_id: int,
    now: dt.datetime,
    blank: Mapping[str, Any] | None = None,
) -> Article:
    """An unsaved article with the values of the record, else acquired *now*.

    *blank* are the values of an article of which nothing is known, by column.
    """
    values = dict(blank or blank_values())
    values |= {name: getattr(record, name) for name in _RECORDED}
    values["source_id"] = source_id
    values["language"] = record.language or DEFAULT_LANGUAGE
    values["status"] = record.status or Status.PUBLISHED
    values["acquired_at"] = record.acquired_at or now
    # By position: of names Django looks up each.
    article = Article(*values.values())  # type: ignore[misc]
    article.published = record.published
    article.content_hash = article.build_content_hash()
    return article


def blank_values() -> dict[str, Any]:
    """The values of a new article by column, in their order."""
    fields = Article._meta.concrete_fields
    return {field.attname: field.get_default() for field in fields}


def send_articles_written(article_ids: Sequence[int]) -> None:
    """Send `articles_written`, inside the transaction, unless there are no articles."""
    if article_ids:
        articles_written.send(sender=Article, article_ids=list(article_ids))


def articles_of_actors(actor_ids: set[int]) -> list[int]:
    """Sorted ids of the articles that name one of the actors, as subject or author."""
    if not actor_ids:
        return []
    subjects = Article.actors.through.objects.filter(actor_id__in=actor_ids)
    authors = ArticleAuthor.objects.filter(actor_id__in=actor_ids)
    ids = [rows.values_list("article_id", flat=True) for rows in (subjects, authors)]
    return sorted({pk for row in ids for pk in row})


def _mentions(candidates: Sequence[Candidate]) -> list[ActorRecord]:
    return [
        mention
        for each in candidates
        for mention in (
            *each.record.actors,
            *(author.actor for author in each.record.authors if author.actor),
        )
    ]


def _outcome(
    candidate: Candidate,
    result: Result,
    notes: list[Note],
    changes: Mapping[str, object] | None = None,
) -> Outcome:
    return Outcome(
        candidate.line,
        result,
        candidate.record.external_id,
        (*candidate.notes, *notes),
        candidate.article_id or candidate.article.pk,
        changes or None,
        candidate.digest,
    )
