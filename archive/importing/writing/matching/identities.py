"""Deduplication of articles: which article in the archive a record corresponds to.

A record with an identifier corresponds to the article of its source with the same one,
else to the article whose number the archive's own export gave it. Other records
correspond to an article of their source with the same text, else with the same URL. No
two records of one import correspond to the same article.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from archive.importing.problems import Note, RecordRefused
from archive.importing.records.validated import ArticleRecord
from archive.importing.writing.matching.likeness import canonical_address, is_alike_text
from archive.importing.writing.matching.names import heading_key
from archive.models import Article

ExternalKey = tuple[int, str]


@dataclass(slots=True)
class Candidate:
    """A record, the unsaved article built from it, and the id of the stored article.

    `moves`: the article was found otherwise than by source and identifier, so that a
    file may correct these. `notes` are remarks on how it was found.
    """

    line: int
    record: ArticleRecord
    article: Article
    digest: int = 0
    article_id: int | None = None
    moves: bool = False
    notes: list[Note] = field(default_factory=list)

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
        """A hash that is equal for duplicate records of one file; saves memory."""
        if self.record.external_id:
            return hash(self.external_key)
        record = self.record
        date = record.published or record.published_as_printed
        address = canonical_address(record.url)
        return hash((self.source_id, self.content_hash, address, date))


@dataclass(slots=True)
class _Run:
    """Records of this import: lines by fingerprint, ids of articles they matched."""

    lines: dict[int, int] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)


class Identities:
    """Finds the articles of records.

    Call `commit` or `roll_back` after the transaction of every batch.
    """

    def __init__(self) -> None:
        self._committed = _Run()
        self._batch = _Run()
        # URLs have no database index: one pass over the rows of a source serves all its
        # records without identifier.
        self._by_url: dict[int, defaultdict[str, list[int]]] = {}

    def commit(self) -> None:
        """Keep the records of the batch, which is committed."""
        self._committed.lines |= self._batch.lines
        self._committed.claimed |= self._batch.claimed
        self._batch = _Run()

    def roll_back(self) -> None:
        """Forget the records of the batch, which was rolled back."""
        self._batch = _Run()
        self._by_url.clear()

    def refuse_duplicate(self, candidate: Candidate) -> None:
        """Raise `RecordRefused` for a duplicate of an earlier record of the import."""
        fingerprint = candidate.fingerprint
        first_line = self._batch.lines.get(fingerprint) or self._committed.lines.get(
            fingerprint
        )
        if first_line:
            raise RecordRefused(Note("duplicate", values={"line": first_line}))
        self._batch.lines[fingerprint] = candidate.line

    def find(
        self,
        candidates: Sequence[Candidate],
        *,
        is_new_source: Callable[[int], bool],
    ) -> None:
        """Set `article_id` of every candidate that has an article in the archive.

        A source that this import has added has no other articles than its own.
        """
        new = {
            source_id
            for source_id in {each.source_id for each in candidates}
            if is_new_source(source_id)
        }
        identified = [
            each
            for each in candidates
            if each.record.external_id and each.source_id not in new
        ]
        unidentified = [each for each in candidates if not each.record.external_id]
        if identified:
            self._find_by_external_id(identified)
        numbered = [
            each
            for each in candidates
            if each.record.article_id and not each.article_id
        ]
        if numbered:
            self._find_by_number(numbered)
        unidentified = [each for each in unidentified if not each.article_id]
        if unidentified:
            self._find_by_text_or_url(unidentified)

    def register(self, candidate: Candidate, article_id: int) -> None:
        """Register the article that was added for the candidate."""
        self._batch.claimed.add(article_id)
        urls = self._by_url.get(candidate.source_id)
        if urls is not None and candidate.record.url:
            urls[canonical_address(candidate.record.url)].append(article_id)

    def _find_by_external_id(self, candidates: Sequence[Candidate]) -> None:
        rows = Article.objects.filter(
            source_id__in={each.source_id for each in candidates},
            external_id__in={each.record.external_id for each in candidates},
        ).values_list("source_id", "external_id", "pk")
        by_key = {(source, external): pk for source, external, pk in rows}
        for each in candidates:
            self._claim(each, [by_key.get(each.external_key)])

    def _find_by_number(self, candidates: Sequence[Candidate]) -> None:
        """By the number in the archive; one that another archive gave is told."""
        numbers = [each.record.article_id for each in candidates]
        stored = Article.objects.defer("body", "subtitle").in_bulk(numbers)
        for each in candidates:
            article = stored.get(each.record.article_id or 0)
            if article is None or not is_alike(article, each):
                values = {"number": each.record.article_id}
                each.notes.append(Note("number_unknown", "article_id", values))
                continue
            self._claim(each, [article.pk])
            each.moves = each.article_id is not None

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
            matches = same_text[each.source_id, each.content_hash]
            # The same text may have been printed on several days, as several articles:
            # prefer the one with the record's date.
            matches.sort(key=lambda match: match[0] != day)
            self._claim(each, [pk for _, pk in matches])
        for each in candidates:
            if each.article_id is None and each.record.url:
                urls = self._urls_of(each.source_id)
                self._claim(each, urls.get(canonical_address(each.record.url), []))

    def claim(self, candidate: Candidate, article_id: int) -> bool:
        """Take the article for the record's; False where another record has it."""
        self._claim(candidate, [article_id])
        return candidate.article_id == article_id

    def _claim(self, candidate: Candidate, article_ids: Sequence[int | None]) -> None:
        for pk in article_ids:
            is_free = (
                pk not in self._committed.claimed and pk not in self._batch.claimed
            )
            if pk is not None and is_free:
                candidate.article_id = pk
                self._batch.claimed.add(pk)
                return

    def _urls_of(self, source_id: int) -> defaultdict[str, list[int]]:
        if source_id not in self._by_url:
            urls: defaultdict[str, list[int]] = defaultdict(list)
            rows = Article.objects.filter(source_id=source_id).exclude(url="")
            for url, pk in rows.values_list("url", "pk").order_by("pk").iterator():
                urls[canonical_address(url)].append(pk)
            self._by_url[source_id] = urls
        return self._by_url[source_id]


def is_alike(article: Article, candidate: Candidate) -> bool:
    """Whether the numbered article is the record's, and no other archive's number.

    Identifier, address, title or text have to be the same, or most of the text.
    """
    record = candidate.record
    if article.content_hash in {candidate.content_hash, record.stated_hash}:
        return True
    same_id = bool(record.external_id) and record.external_id == article.external_id
    same_page = bool(record.url) and record.url == article.url
    if same_id or same_page or heading_key(record.title) == heading_key(article.title):
        return True
    return is_alike_text(record.body, article.body)
