"""The query tree: what a reader asks for, before any engine sees it.

``search.query.parse`` makes these trees from text and renders them back; each engine
compiles them. The nodes are frozen values, compared by content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How strictly a word must match; see ``search.arabic`` for the folds.

    Each finds all that the one before finds. At the exact level vowel marks count
    where both the query and the article have them. The value stands in addresses.
    """

    EXACT = "exact"
    FAMILY = "family"
    ROOT = "root"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the reader's, as typed."""

    text: str
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to one another, in this order."""

    words: tuple[str, ...]
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class Near:
    """Words within *distance* words of one another, in any order."""

    words: tuple[str, ...]
    distance: int
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with *text*.

    By family a word may have a proclitic before it; exactly it must be printed so.
    """

    text: str
    level: Level = Level.FAMILY


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Every word printed like *text*: ``*`` is any letters, ``?`` is one."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word that is at most *edits* letters from *text*, or its family from its.

    Two letters that change places are one edit.
    """

    text: str
    edits: int


@dataclass(frozen=True, slots=True)
class Field:
    """*child*, looked for in the field *name* of ``search.fields`` only."""

    name: str
    child: Query


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles published wholly within the days *first* to *last*, both included.

    ``None`` leaves a side open.
    """

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class And:
    """Articles that every child matches."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that at least one child matches."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that *child* does not match; adds nothing to a score."""

    child: Query


@dataclass(frozen=True, slots=True)
class MostOf:
    """Articles that at least *minimum* of the children match; no text asks for it."""

    children: tuple[Query, ...]
    minimum: int


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles, each with the same score."""


Query = (
    Term
    | Phrase
    | Near
    | Prefix
    | Wildcard
    | Fuzzy
    | Field
    | DateRange
    | And
    | Or
    | Not
    | MostOf
    | Everything
)
