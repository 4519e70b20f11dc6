"""Articles into the database, batch by batch.

Public: `ArticleWriter`.
"""

from collections.abc import Sequence
from typing import Final

from django.utils import timezone

from archive.importing.problems import Note, RecordRefused
from archive.importing.records.articles import DEFAULT_LANGUAGE
from archive.importing.records.validated import ActorRecord, ArticleRecord
from archive.importing.writing.actors import ActorEntry, ActorLookup
from archive.importing.writing.changes import ArticleLinks, StoredArticles
from archive.importing.writing.identities import Candidate, Identities
from archive.importing.writing.outcome import Outcome, Pending, Result, write_bisecting
from archive.importing.writing.sources import SourceLookup
from archive.importing.writing.topics import TopicLookup
from archive.models import Article, ArticleAuthor, Status
from archive.signals import articles_written

CHECKED: Final = "content_hash"


class ArticleWriter:
    """Writes batches of articles with the sources, topics and actors they name.

    An article that is already there is updated from the fields that its record has;
    with *only_new* it is left alone. Every batch is one transaction, in which
    `articles_written` is sent.
    """

    def __init__(self, *, only_new: bool = False) -> None:
        self.only_new = only_new
        self.sources = SourceLookup()
        self.topics = TopicLookup()
        self.actors = ActorLookup()
        self.identities = Identities()
        self._directories = (self.sources, self.topics, self.actors)

    def write(self, batch: Sequence[Pending[ArticleRecord]]) -> list[Outcome]:
        """What became of each record of the batch, in order."""
        outcomes = write_bisecting(
            batch,
            self._write_batch,
            name=lambda record: record.external_id,
            keep=self._keep,
            forget=self._forget,
        )
        return sorted(outcomes, key=lambda outcome: outcome.line)

    def finish(self) -> list[Outcome]:
        """Nothing waits: every batch is written when `write` returns."""
        return []

    def added_names(self) -> dict[str, int]:
        """How many sources, topics and actors were added for the articles."""
        return {
            "sources_added": self.sources.added,
            "topics_added": self.topics.added,
            "actors_added": self.actors.added,
        }

    def _keep(self) -> None:
        self.identities.keep()
        for directory in self._directories:
            directory.keep()

    def _forget(self) -> None:
        self.identities.forget()
        for directory in self._directories:
            directory.reload()

    def _write_batch(self, batch: Sequence[Pending[ArticleRecord]]) -> list[Outcome]:
        refused, candidates = self._sort_out(batch)
        self.identities.find(candidates)
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
        Article.objects.bulk_create(
            [each.article for each in candidates if not each.article_id]
        )
        written = self._write_resolved(resolved, outcomes)
        send_articles_written([*written, *articles_of_actors(changed_actors)])
        return outcomes

    def _write_resolved(
        self,
        resolved: Sequence[tuple[Candidate, ArticleLinks, list[Note]]],
        outcomes: list[Outcome],
    ) -> list[int]:
        """Ids of the articles that are new or have changed."""
        stored = StoredArticles(
            [each.article_id for each, _, _ in resolved if each.article_id]
        )
        written = []
        for each, catalogue, notes in resolved:
            if each.article_id is None:
                self.identities.learn(each, each.article.pk)
                stored.add_catalogue(each.article.pk, catalogue)
                written.append(each.article.pk)
                outcomes.append(_outcome(each, Result.ADDED, notes))
                continue
            is_changed = stored.update(
                each.article_id, each.record, each.article, catalogue
            )
            if is_changed:
                written.append(each.article_id)
            result = Result.UPDATED if is_changed else Result.UNCHANGED
            outcomes.append(_outcome(each, result, notes))
        stored.flush()
        return written

    def _sort_out(
        self, batch: Sequence[Pending[ArticleRecord]]
    ) -> tuple[list[Outcome], list[Candidate]]:
        refused, candidates = [], []
        for pending in batch:
            record = pending.record
            source_id = self.sources.find_or_add(record.source)
            each = Candidate(pending.line, record, build_article_row(record, source_id))
            try:
                self.identities.note_line(each)
            except RecordRefused as error:
                refused.append(_outcome(each, Result.REFUSED, [error.note]))
                continue
            candidates.append(each)
        return refused, candidates

    def _resolve(self, candidate: Candidate) -> tuple[ArticleLinks, list[Note]]:
        record = candidate.record
        notes: list[Note | None] = []
        topics: list[int] = []
        actors: list[ActorEntry] = []
        for path in record.topics:
            topic_id, note = self.topics.find_or_add(path)
            topics.append(topic_id)
            notes.append(note)
        for mention in record.actors:
            entry, note = self.actors.resolve(mention)
            actors.append(entry)
            notes.append(note)
        authors: list[tuple[str, ActorEntry | None]] = []
        for author in record.authors:
            known = self.actors.resolve(author.actor)[0] if author.actor else None
            authors.append((author.name, known))
        if record.stated_hash and record.stated_hash != candidate.content_hash:
            notes.append(Note("hash_differs", CHECKED))
        catalogue = ArticleLinks(tuple(topics), tuple(actors), tuple(authors))
        return catalogue, [note for note in notes if note]


def build_article_row(record: ArticleRecord, source_id: int) -> Article:
    """The record's article, not saved yet."""
    article = Article(
        title=record.title,
        subtitle=record.subtitle,
        body=record.body,
        language=record.language or DEFAULT_LANGUAGE,
        source_id=source_id,
        byline=record.byline,
        published_as_printed=record.published_as_printed,
        url=record.url,
        external_id=record.external_id,
        status=record.status or Status.PUBLISHED,
        acquired_from=record.acquired_from,
        acquired_at=record.acquired_at or timezone.now(),
    )
    article.published = record.published
    article.content_hash = article.build_content_hash()
    return article


def send_articles_written(article_ids: Sequence[int]) -> None:
    """Send `articles_written`, inside the transaction; nothing for no articles."""
    if article_ids:
        articles_written.send(sender=Article, article_ids=list(article_ids))


def articles_of_actors(actor_ids: set[int]) -> list[int]:
    """Ids of the articles that name the actors, in their text or as authors."""
    if not actor_ids:
        return []
    named = Article.actors.through.objects.filter(actor_id__in=actor_ids)
    written = ArticleAuthor.objects.filter(actor_id__in=actor_ids)
    ids = [rows.values_list("article_id", flat=True) for rows in (named, written)]
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


def _outcome(candidate: Candidate, result: Result, notes: list[Note]) -> Outcome:
    return Outcome(candidate.line, result, candidate.record.external_id, tuple(notes))
