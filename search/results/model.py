"""The values of a results page; the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from archive.models import Actor, Article
from search.engines.contract import FormCount
from search.query import Level
from search.query.date_readings import DateReading, read_query_dates
from search.request import PAGE_SIZE, SearchRequest
from search.results.facets.model import Chip, DateFacet, Facet

# Returns the total of a request.
CountHits = Callable[[SearchRequest], int]


@dataclass(frozen=True, slots=True)
class WordForm:
    """A form that a word of the query stands for, in its most frequent spelling.

    ``articles`` is how many have it; ``query_string`` is the search for this form in
    place of the word.
    """

    form: str
    articles: int
    query_string: str


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many articles have a word at one level.

    ``query_string`` is the search for the word at that level; ``""`` for its own.
    """

    level: Level
    articles: int
    query_string: str


@dataclass(frozen=True, slots=True)
class WordReading:
    """A word of the dictionary, with its vowels, and how many articles have it.

    ``query_string`` is the search for it in place of a word of the query; ``forms`` are
    those that most articles have, of a word that a word of the query may be read as.
    """

    vowelled: str
    is_verb: bool
    singular: str
    articles: int
    query_string: str
    forms: tuple[FormCount, ...] = ()


@dataclass(frozen=True, slots=True)
class WordExplanation:
    """What a word of the query stands for: counts by level, and its forms.

    ``forms`` are those that most articles have, and ``hidden`` counts the others.
    ``readings`` are the words that it may be, where it may be several; ``related`` are
    others: its nisba, or what it is a nisba of, and more words of its root.
    """

    word: str
    levels: tuple[LevelCount, ...]
    forms: tuple[WordForm, ...]
    hidden: int = 0
    readings: tuple[WordReading, ...] = ()
    related: tuple[WordReading, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedForm:
    """A form that matched in an article, as first printed there, and its frequency."""

    form: str
    count: int


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a search without hits, and the search without the condition."""

    kind: str | Promise
    label: str | Promise
    total: int
    query_string: str


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A request for articles with ``matched`` of the ``asked`` words."""

    request: SearchRequest
    matched: int
    asked: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another spelling of the query, which has ``total`` hits."""

    text: str
    total: int
    query_string: str


@dataclass(frozen=True, slots=True)
class BroaderSearch:
    """A search that has more hits than the one asked for, and how it differs."""

    label: Promise
    query_string: str


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor that the query may name, and the search for the articles that name it.

    ``label`` is its name for the reader, ``language`` that of the label where it is
    not the page's, and ``other`` its name in the other script; both may be ``""``.
    ``alias`` is the alias that the query spells, or ``""``; ``kind`` is a value of
    `ActorKind`.
    """

    label: str
    language: str
    other: str
    url: str
    articles: int
    query_string: str
    slug: str = ""
    kind: str = ""
    kind_label: str | Promise = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class AliasHit:
    """An alias that the query found an article by, and the actor whose name it is."""

    alias: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class SearchHelp:
    """What a page offers beside its hits.

    ``words`` explain the query, ``notices`` say which of their forms were left out.
    ``relaxation`` is set where no article has all words and some have most of them.
    ``conditions`` are counted where there are no hits; ``broader`` searches are listed
    where there is no relaxation either. ``suggestion`` is for few hits, and
    ``named_actors`` are on the first page only.
    """

    words: tuple[WordExplanation, ...] = ()
    notices: tuple[Promise, ...] = ()
    relaxation: Relaxation | None = None
    conditions: tuple[Condition, ...] = ()
    suggestion: Suggestion | None = None
    broader: tuple[BroaderSearch, ...] = ()
    named_actors: tuple[NamedActor, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where a fragment stands in the article's text, and the marks inside it.

    All are offsets in the text; the marks are pairs of start and end, ascending.
    """

    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as a page shows it: the article, with its titles and passages highlighted.

    ``forms`` are the forms that matched: of a long text in its first ``counted``
    characters only, which is 0 where the whole was read. ``part`` is the part of the
    article's text that the first fragment is from. ``aliases`` are those that the
    article was found by and would not have been without. ``excerpts`` are the fragments
    as places in the text.
    """

    article: Article
    title: SafeString
    subtitle: SafeString
    fragments: tuple[SafeString, ...]
    forms: tuple[MatchedForm, ...]
    counted: int = 0
    part: int = 1
    aliases: tuple[AliasHit, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a results page shows; ranks count from 1 and are 0 where there is no row.

    ``impossible`` says why no article can pass the filters, where none can. Of a search
    without hits in a period ``held`` is what the archive has of it.

    With a relaxation in ``help``, total, rows, facets and dates are those of its
    request.
    """

    request: SearchRequest
    total: int
    rows: Sequence[Row]
    facets: tuple[Facet, ...]
    dates: DateFacet
    chips: tuple[Chip, ...]
    help: SearchHelp = SearchHelp()
    impossible: tuple[str, ...] = ()
    held: int | None = None

    @property
    def has_words(self) -> bool:
        """Whether the search has a query, beside any filters."""
        return bool(self.request.text)

    @property
    def all_values(self) -> str | None:
        """The query string for lists of all values of facets; ``None`` if relaxed.

        Those lists and the exports hold articles with every word.
        """
        return None if self.help.relaxation else self.request.query_string()

    @property
    def date_readings(self) -> tuple[DateReading, ...]:
        """How the dates in the text of the query were read."""
        return read_query_dates(self.request.query, self.request.as_of)

    @property
    def first_page(self) -> str:
        """The query string of the same search from its first page on."""
        return replace(self.request, page=1).query_string()

    @property
    def page_count(self) -> int:
        """The number of pages, at least 1."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def first_rank(self) -> int:
        """The rank of the first row on the page."""
        return (self.request.page - 1) * PAGE_SIZE + 1 if self.rows else 0

    @property
    def last_rank(self) -> int:
        """The rank of the last row on the page."""
        return self.first_rank + len(self.rows) - 1 if self.rows else 0
