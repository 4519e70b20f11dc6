"""Which article in the archive a record is, so that importing again doubles nothing.

Public: `Identities`.

A record with an identifier is the article of its source with that identifier. One
without is the article of its source with the same text, or else the one with the
same address; two records of one run are never the same article.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.importing.problems import Note, RecordRefused
from archive.importing.records.validated import ArticleRecord
from archive.models import Article

ExternalKey = tuple[int, str]


@dataclass(slots=True)
class Candidate:
    """A record, the row that it would be, and the id of the row that there is."""

    line: int
    record: ArticleRecord
    article: Article
    article_id: int | None = None

    @property
    def source_id(self) -> int:
        """The primary key of the article's source."""
        return self.article.source_id

    @property
    def content_hash(self) -> str:
        """The hash of the article's content."""
        return self.article.content_hash

    @property
    def external_key(self) -> ExternalKey:
        """The source with the id that it gives the record."""
        return self.source_id, self.record.external_id

    @property
    def fingerprint(self) -> int:
        """What two records of one file must not share; a hash, to spare memory."""
        if self.record.external_id:
            return hash(self.external_key)
        record = self.record
        date = record.published or record.published_as_printed
        return hash((self.source_id, self.content_hash, record.url, date))


@dataclass(slots=True)
class _Run:
    """What the records of this run have been, so far."""

    lines: dict[int, int] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)


class Identities:
    """Finds the articles of records. Call `keep` or `forget` after every batch."""

    def __init__(self) -> None:
        self._kept = _Run()
        self._batch = _Run()
        # Addresses have no index in the database: one pass over a source's rows
        # serves all records without identifier.
        self._by_url: dict[int, defaultdict[str, list[int]]] = {}

    def keep(self) -> None:
        """The batch is committed."""
        self._kept.lines |= self._batch.lines
        self._kept.claimed |= self._batch.claimed
        self._batch = _Run()

    def forget(self) -> None:
        """The batch was rolled back."""
        self._batch = _Run()
        self._by_url.clear()

    def note_line(self, candidate: Candidate) -> None:
        """Remember the record; raises `RecordRefused` where it stood before."""
        mark = candidate.fingerprint
        first = self._batch.lines.get(mark) or self._kept.lines.get(mark)
        if first:
            raise RecordRefused(Note("duplicate", values={"line": first}))
        self._batch.lines[mark] = candidate.line

    def find(self, candidates: Sequence[Candidate]) -> None:
        """Set `article_id` on every candidate that the archive has."""
        identified = [each for each in candidates if each.record.external_id]
        nameless = [each for each in candidates if not each.record.external_id]
        if identified:
            self._find_by_external_id(identified)
        if nameless:
            self._find_by_text_or_url(nameless)

    def learn(self, candidate: Candidate, article_id: int) -> None:
        """Remember an article that was added for the candidate."""
        self._batch.claimed.add(article_id)
        urls = self._by_url.get(candidate.source_id)
        if urls is not None and candidate.record.url:
            urls[candidate.record.url].append(article_id)

    def _find_by_external_id(self, candidates: Sequence[Candidate]) -> None:
        rows = Article.objects.filter(
            source_id__in={each.source_id for each in candidates},
            external_id__in={each.record.external_id for each in candidates},
        ).values_list("source_id", "external_id", "pk")
        found = {(source, external): pk for source, external, pk in rows}
        for each in candidates:
            self._claim(each, [found.get(each.external_key)])

    def _find_by_text_or_url(self, candidates: Sequence[Candidate]) -> None:
        rows = Article.objects.filter(
            content_hash__in={each.content_hash for each in candidates},
        ).values_list("source_id", "content_hash", "published_on", "pk")
        same_text = defaultdict(list)
        for source, content_hash, day, pk in rows.order_by("pk"):
            same_text[source, content_hash].append((day, pk))
        for each in candidates:
            published = each.record.published
            day = published.first_day() if published else None
            found = same_text[each.source_id, each.content_hash]
            # A notice printed again on another day is another article where the
            # archive has both.
            found.sort(key=lambda pair: pair[0] != day)
            self._claim(each, [pk for _, pk in found])
        for each in candidates:
            if each.article_id is None and each.record.url:
                urls = self._urls_of(each.source_id)
                self._claim(each, urls.get(each.record.url, []))

    def _claim(self, candidate: Candidate, article_ids: Sequence[int | None]) -> None:
        for pk in article_ids:
            is_free = pk not in self._kept.claimed and pk not in self._batch.claimed
            if pk is not None and is_free:
                candidate.article_id = pk
                self._batch.claimed.add(pk)
                return

    def _urls_of(self, source_id: int) -> defaultdict[str, list[int]]:
        if source_id not in self._by_url:
            urls: defaultdict[str, list[int]] = defaultdict(list)
            rows = Article.objects.filter(source_id=source_id).exclude(url="")
            for url, pk in rows.values_list("url", "pk").order_by("pk").iterator():
                urls[url].append(pk)
            self._by_url[source_id] = urls
        return self._by_url[source_id]
