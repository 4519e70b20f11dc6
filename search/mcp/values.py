"""What the tools give. Texts are quotes; everything else is the catalogue's.

Without slots, which the package mcp would take for defaults.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    """A part of an article, word for word.

    ``field`` is title, subtitle or text; the offsets count Unicode code points in it
    from 0, and ``end`` is behind the last.
    """

    article: int
    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Name:
    """An actor, a topic or a source, by its names in the catalogue."""

    slug: str
    arabic: str
    latin: str


@dataclass(frozen=True)
class ArticleRecord:
    """The catalogue's record of an article.

    ``published`` is an ISO date as precise as it is known, or ``""``; ``address`` is
    the path of its page; ``characters`` is the length of its text.
    """

    id: int
    address: str
    source: Name
    published: str
    authors: list[str]
    language: str
    characters: int


@dataclass(frozen=True)
class Hit:
    """An article that a search found, with passages in which it matched."""

    rank: int
    article: ArticleRecord
    title: Quote
    passages: list[Quote]


@dataclass(frozen=True)
class Found:
    """A page of results; the total is that of the site's page."""

    total: int
    page: int
    page_count: int
    hits: list[Hit]


@dataclass(frozen=True)
class WholeArticle:
    """An article, and as much of its text as was asked for."""

    article: ArticleRecord
    title: Quote
    subtitle: Quote
    text: Quote
    topics: list[Name]
    actors: list[Name]


@dataclass(frozen=True)
class ActorRecord:
    """An actor that published articles name, with all its names."""

    name: Name
    kind: str
    other_names: list[str]
    began: str
    ended: str
    articles: int


@dataclass(frozen=True)
class Actors:
    """The actors with a name."""

    actors: list[ActorRecord]


@dataclass(frozen=True)
class SourceCount:
    """A source, the number of its articles and their years, where any is dated."""

    source: Name
    articles: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class Holdings:
    """What the archive holds."""

    articles: int
    undated: int
    articles_by_year: dict[str, int]
    sources: list[SourceCount]


@dataclass(frozen=True)
class ChangedWord:
    """A word that differs: ``kind`` is spelling, changed, added, missing or left_out.

    ``quoted`` is that of the quotation, ``printed`` that of the article; one of them is
    empty for words that were added, are missing, or are left_out where the quotation
    has dots. Words written together or apart are spelling, all of them in one change.
    """

    kind: str
    quoted: str
    printed: list[Quote]


@dataclass(frozen=True)
class Verdict:
    """What the archive says of a quotation.

    ``verdict`` is verbatim, altered, absent (not in this archive, no more) or
    too_short. ``passage`` is what stands there, by field where it spans two.
    """

    quotation: str
    verdict: str
    article: ArticleRecord | None
    passage: list[Quote]
    changes: list[ChangedWord]


@dataclass(frozen=True)
class Verdicts:
    """The verdicts on the quotations of a text, in its order."""

    quotations: list[Verdict]
