"""What an engine is: documents in, ids, scores, totals and counts out.

Everything a page shows comes from the database, so that every engine shows the
same page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from search.query import Level, Query, TermQuery
from search.request import FacetFilter, Period, Sort

EVERY_LEVEL: Final = tuple(Level)

# Values by the name of the field; Haystack's ``id`` among them.
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """A search as engines take it: filter values are terms in the index.

    Of those, ``NOT_STATED`` stands for having no value. ``undated`` lets documents
    without a date pass beside the period, or alone without one. ``limit`` is the number
    of hits (``None``: all), ``facets`` names the facets to count, ``facet_limit`` the
    number of values of each (``None``: all). What a facet must have is left out of its
    own counts only where any of the values is enough: a count is that of the hits if
    the value is asked for next. ``count_dates`` asks for the counts by period, which
    leave out the period,
    and for those of all documents. Hits are also found by each request of ``within``,
    and by none of ``without``, of which only query, filters and dates count.
    """

    query: Query
    filters: tuple[FacetFilter, ...] = ()
    period: Period = field(default_factory=Period)
    undated: bool = False
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int | None = 20
    facets: tuple[str, ...] = ()
    facet_limit: int | None = None
    count_dates: bool = False
    within: tuple[EngineRequest, ...] = ()
    without: tuple[EngineRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """How an index stands: documents, bytes, segments, its generation's name."""

    documents: int
    size: int
    segments: int
    generation: str
    current: bool
    identity: str = ""
    """That of the archive that it was built from; older indexes have none."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query, and the field that it is looked for in."""

    query: TermQuery
    field: str


@dataclass(frozen=True, slots=True)
class FormCount:
    """A surface form, how it is mostly printed, and how many articles have it."""

    surface: str
    spelling: str
    articles: int


@dataclass(frozen=True, slots=True)
class WordStatistics:
    """What a word stands for in the whole index.

    ``articles`` counts by level, for a ``Term`` only. ``forms`` are those that most
    articles have, ``found`` is how many there are, and ``used`` how many are looked
    for.
    """

    articles: Mapping[Level, int]
    forms: tuple[FormCount, ...]
    found: int
    used: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word of the archive that another may be meant for.

    ``cost`` is what the slip between them weighs: see ``search.arabic.edit_distance``.
    """

    word: str
    cost: float
    articles: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A matching document: the article's id and the engine's score.

    ``version`` changes with anything in the document; 0 or less is unknown.
    """

    article_id: int
    score: float
    version: int = 0


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """A facet's largest counts as ``(value, count)``, and how many values it has.

    Values that the search is narrowed by or that it excludes are always among them.
    ``missing`` counts the documents without a value.
    """

    values: tuple[tuple[str, int], ...]
    distinct: int
    missing: int = 0


@dataclass(frozen=True, slots=True)
class DateCounts:
    """Hits by period: keys are the numbers ``yyyy``, ``yyyymm`` or ``yyyymmdd``.

    A hit whose date is known to the year only counts in its year, not in a month.
    """

    years: Mapping[int, int]
    months: Mapping[int, int]
    days: Mapping[int, int]
    undated: int


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """The hits of one page, the exact total and the counts asked for, by facet.

    While ``version`` is the same, and not 0, the index answers as before.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    dates: DateCounts | None = None
    held: DateCounts | None = None
    """Of all documents of the index, where dates are counted."""
    version: int = field(default=0, compare=False)


class Engine(Protocol):
    """The part of a Haystack back end that the site's own pages use.

    ``timeout`` is the processor time of a search in seconds. Methods that search raise
    QueryTooExpensive after it, or after the time that holds around them: see
    ``search.deadline``.
    """

    timeout: float

    def version(self) -> int:
        """The ``version`` of answers given now; raises IndexUnavailable."""
        ...

    def run(self, request: EngineRequest) -> EngineAnswer:
        """The page of hits that *request* asks for.

        Raises QueryTooExpensive and IndexUnavailable.
        """
        ...

    def iter_ids(self, request: EngineRequest) -> Iterator[int]:
        """The ids of all hits in the order asked for; offset and limit do not count."""
        ...

    def explain(
        self,
        words: Sequence[Word],
        *,
        most_forms: int,
        levels: Collection[Level] = EVERY_LEVEL,
    ) -> tuple[WordStatistics, ...]:
        """What each of *words* stands for, with at most so many of its forms.

        Articles are counted at these *levels*.
        """
        ...

    def count(self, words: Sequence[Word]) -> tuple[int, ...]:
        """How many articles have each of *words*, a ``Term`` each, at its level."""
        ...

    def complete(self, word: Word, *, limit: int) -> tuple[FormCount, ...]:
        """The forms that begin with *word*, a ``Prefix``, those of most articles first.

        Only forms that begin so themselves: none behind a clitic.
        """
        ...

    def find_spellings(self, word: Word, *, limit: int) -> tuple[Spelling, ...]:
        """Words of the index that are written nearly like *word*, the best first."""
        ...

    def estimate_seconds(self, query: Query) -> float:
        """About how many processor seconds a results page for *query* takes.

        Runs nothing of the query. Raises IndexUnavailable.
        """
        ...

    def apply(
        self, documents: Iterable[Document], deleted: Iterable[str], *, merge_all: bool
    ) -> None:
        """Add or replace *documents* and delete others, in one commit.

        Documents are read one by one as they are indexed; *deleted* holds values of
        Haystack's ``id``. Without *merge_all* only small segments are merged, because
        an editor waits. Raises IndexUnavailable.
        """
        ...

    def build(self, batches: Iterable[Iterable[Document]]) -> int:
        """Build a new index of the documents of *batches* and publish it.

        Searches use the old one until then. Returns the number of documents.
        """
        ...

    def iter_hashes(self) -> Iterator[tuple[int, int]]:
        """The article and the hash of each document, ascending, of one commit.

        A document without a hash has a negative one. Raises IndexUnavailable.
        """
        ...

    def status(self) -> EngineStatus:
        """How the index stands now; raises IndexUnavailable."""
        ...
