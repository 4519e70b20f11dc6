"""What an engine tells of the words of a corpus: where they stand, and how often.

Both engines answer it beside their `contract`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from search.engines.contract import DateCounts, EngineRequest
from search.fields import CONTENT
from search.query import Query, SpanQuery, TermQuery, iter_leaves

# The fields of an article's own text. The title is the first part of the content, so
# that its words have the same positions in both.
TEXT_FIELDS: Final = (CONTENT, "title")


def list_words(query: Query) -> tuple[tuple[str, TermQuery | SpanQuery], ...]:
    """The distinct words and phrases of *query* that stand in texts, with their fields.

    >>> from search.query import And, Field, Not, Term
    >>> tree = And((Term("نفط"), Field("author", Term("علي")), Not(Term("غاز"))))
    >>> list_words(tree)
    (('text', Term(text='نفط', level=<Level.FAMILY: 'family'>)),)
    """
    return tuple(
        dict.fromkeys(
            (field, leaf)
            for field, leaf in iter_leaves(query)
            if field in TEXT_FIELDS and isinstance(leaf, TermQuery | SpanQuery)
        )
    )


class ContextOrder(StrEnum):
    """What the rows of a concordance are sorted by; the values stand in addresses.

    ``AFTER`` and ``BEFORE`` are the words after and before, nearest first, ``WORD`` is
    the word itself with what follows.
    """

    OLDEST = "oldest"
    NEWEST = "newest"
    AFTER = "after"
    BEFORE = "before"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class ConcordanceRequest:
    """A page of the occurrences of the words of *search*, whose own page is ignored.

    ``word`` is the number of the one word or phrase wanted, as ``list_words`` has them;
    ``None`` wants all. ``by_lemma`` sorts words by their likeliest lemmas instead of
    their forms.
    """

    search: EngineRequest
    word: int | None = None
    order: ContextOrder = ContextOrder.OLDEST
    by_lemma: bool = False
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the word or phrase number ``word`` stands in an article.

    ``position`` counts tokens as the field of content does, with ``POSITION_GAP``
    between title, subtitle and body; ``tokens`` is how many it has. ``earlier`` is how
    many tokens of words of the search stand before it in the article.
    """

    article_id: int
    position: int
    tokens: int
    word: int
    earlier: int


@dataclass(frozen=True, slots=True)
class Concordance:
    """The rows of a page, and how many there are.

    ``words`` counts the occurrences of each word of the search, those that overlap
    once each; ``total`` those of the word that is wanted, in ``articles``. Without
    ``is_sorted`` there are too many to be sorted by their contexts: they are by date.
    """

    rows: tuple[Occurrence, ...]
    total: int
    articles: int
    words: tuple[int, ...]
    is_sorted: bool = True


@dataclass(frozen=True, slots=True)
class HeldWords:
    """What is held of a source in a month, and how often each query occurs there.

    ``source`` is a term of the index, ``""`` without one; ``month`` is ``yyyymm``, with
    month 0 for what is known to the year only, and 0 for what is undated.
    """

    source: str
    month: int
    articles: int
    tokens: int
    occurrences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many articles two searches find, and their dates and those of all held."""

    first: int
    second: int
    both: int
    first_dates: DateCounts
    second_dates: DateCounts
    held: DateCounts


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A lemma in two sets of articles, by the form in which it is mostly printed.

    ``first`` and ``second`` are its occurrences in each, ``g2`` the log-likelihood
    ratio.
    """

    form: str
    first: int
    second: int
    g2: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """The lemmas that set two disjoint sets of articles apart, most telling first.

    ``first`` are those that the first has relatively oftener. ``sizes`` has the tokens
    of each set, ``articles`` its articles, ``compared`` the number of lemmas that
    passed the thresholds.
    """

    first: tuple[KeyWord, ...]
    second: tuple[KeyWord, ...]
    sizes: tuple[int, int]
    articles: tuple[int, int]
    compared: int


class CorpusEngine(Protocol):
    """An engine that tells of words. All methods raise the errors of a search."""

    def concordance(self, request: ConcordanceRequest) -> Concordance:
        """The page of occurrences that *request* asks for."""
        ...

    def count_words(
        self, scope: EngineRequest, queries: Sequence[Query]
    ) -> tuple[HeldWords, ...]:
        """What *scope* holds by source and month, with the words of each query.

        Only occurrences in articles that the query finds count.
        """
        ...

    def overlap(self, first: EngineRequest, second: EngineRequest) -> Overlap:
        """How many articles two searches find, and when."""
        ...

    def contrast(
        self, first: EngineRequest, second: EngineRequest, *, limit: int
    ) -> Contrast:
        """The words that set two searches apart, at most *limit* on each side.

        Articles that both find are left out; where all that one finds is found by the
        other, it is compared with the rest of the other.
        """
        ...

    def count_articles(self, words: Sequence[str]) -> tuple[int, ...]:
        """In how many articles the family of each of *words* stands."""
        ...
