"""The nodes of the query tree: frozen values, compared by content.

`search.query.parse` makes trees from text, `search.query.render` writes them back, and
each engine compiles them. Traversals (`walk`, `iter_leaves`, `Query.with_parts`) use
what a node says of itself, so that a new node needs no change elsewhere than in the
tables of its reading, writing, compiling and highlighting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from archive.dates import ParsedRange
from search.fields import CONTENT


class Level(StrEnum):
    """How strictly a word must match; see ``search.arabic`` for the folds.

    EXACT and FAMILY find all that LETTERS finds, and ROOT all that FAMILY finds. EXACT
    folds more letters than FAMILY: of إعلام it finds أعلام, which is another word. At
    the first two, diacritics count where both the query and the article have them. The
    value stands in addresses.
    """

    LETTERS = "letters"
    EXACT = "exact"
    FAMILY = "family"
    ROOT = "root"


class Query:
    """Base class of all nodes; by itself a leaf."""

    __slots__ = ()

    def parts(self) -> tuple[Query, ...]:
        """The child nodes, in order; empty for a leaf."""
        return ()

    def with_parts(self, parts: tuple[Query, ...]) -> Query:
        """The same node with other child nodes, as many as ``parts`` gives."""
        return self


class TermQuery(Query):
    """Base class of leaves that stand for one word, with the text as it was typed."""

    __slots__ = ()
    text: str
    # Whether each term of the index has to be compared with the word.
    scans_terms: ClassVar[bool] = False


class SpanQuery(Query):
    """Base class of leaves whose words stand together in a text."""

    __slots__ = ()
    words: tuple[str, ...]
    level: Level

    def with_words(self, words: tuple[str, ...]) -> Self:
        """The same node with other words."""
        return replace(self, words=words)  # type: ignore[type-var]


class BooleanQuery(Query):
    """Base class of nodes that combine ``children``."""

    __slots__ = ()
    children: tuple[Query, ...]

    def parts(self) -> tuple[Query, ...]:
        """The children."""
        return self.children

    def with_parts(self, parts: tuple[Query, ...]) -> Self:
        """The same combination of other children."""
        return replace(self, children=parts)  # type: ignore[type-var]


@dataclass(frozen=True, slots=True)
class Term(TermQuery):
    """One word at a level."""

    text: str
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class Prefix(TermQuery):
    """Every word that begins with *text*.

    At the level of the family a word may have a proclitic before it; at the exact
    level, which is the strictest of a prefix, it must be printed so.
    """

    text: str
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class Wildcard(TermQuery):
    """Every word printed like *text*: ``*`` is any letters, ``?`` is one."""

    text: str
    scans_terms: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Fuzzy(TermQuery):
    """Every word within *edits* of *text*, or with a lemma near it or its lemmas.

    An edit inserts, deletes or replaces a letter, or transposes two neighbors.
    """

    text: str
    edits: int
    scans_terms: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Phrase(SpanQuery):
    """Words next to one another, in this order."""

    words: tuple[str, ...]
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class Near(SpanQuery):
    """Words within *distance* words of one another, in any order."""

    words: tuple[str, ...]
    distance: int
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class And(BooleanQuery):
    """Articles that every child matches."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or(BooleanQuery):
    """Articles that at least one child matches."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class MostOf(BooleanQuery):
    """Articles that at least *minimum* children match; no query text asks for it."""

    children: tuple[Query, ...]
    minimum: int


@dataclass(frozen=True, slots=True)
class Not(Query):
    """Articles that *child* does not match; adds nothing to a score."""

    child: Query

    def parts(self) -> tuple[Query, ...]:
        """The negated node alone."""
        return (self.child,)

    def with_parts(self, parts: tuple[Query, ...]) -> Query:
        """The negation of another node."""
        return Not(*parts)


@dataclass(frozen=True, slots=True)
class Field(Query):
    """*child*, looked for in the field *name* of ``search.fields`` only."""

    name: str
    child: Query

    def parts(self) -> tuple[Query, ...]:
        """The node that is looked for in the field, alone."""
        return (self.child,)

    def with_parts(self, parts: tuple[Query, ...]) -> Query:
        """Another node, looked for in the same field."""
        return Field(self.name, *parts)


@dataclass(frozen=True, slots=True)
class DateRange(Query):
    """Articles published wholly within the days *first* to *last*, both included.

    ``None`` leaves a side open. ``typed`` is the text that it was read from, ``parsed``
    what `archive.dates` read; neither makes two ranges different.
    """

    first: date | None
    last: date | None
    typed: str = field(default="", compare=False, repr=False)
    parsed: tuple[ParsedRange, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Everything(Query):
    """All articles, each with the same score."""


def walk(query: Query) -> Iterator[Query]:
    """All nodes of the tree, each before its child nodes.

    >>> [type(node).__name__ for node in walk(And((Term("نفط"), Not(Term("غاز")))))]
    ['And', 'Term', 'Not', 'Term']
    """
    yield query
    for part in query.parts():
        yield from walk(part)


def iter_leaves(query: Query, field: str = CONTENT) -> Iterator[tuple[str, Query]]:
    """The leaves that an article may match *query* by, with the field of each.

    What stands under `Not` is left out. *field* is that of words outside any `Field`.

    >>> tree = And((Term("نفط"), Field("title", Term("بصرة")), Not(Term("غاز"))))
    >>> [(name, leaf.text) for name, leaf in iter_leaves(tree)]
    [('text', 'نفط'), ('title', 'بصرة')]
    """
    match query:
        case Not():
            return
        case Field(name, child):
            yield from iter_leaves(child, name)
        case BooleanQuery():
            for part in query.parts():
                yield from iter_leaves(part, field)
        case _:
            yield field, query
