"""The words of a query tree, each with its place, and trees with other words there.

Public: `TermSlot`, `list_slots`, `put`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.fields import CONTENT
from search.query.ast import (
    And,
    Field,
    Fuzzy,
    Level,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

# Which child to take at each step down a tree.
Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TermSlot:
    """A word of a query, where it stands in the tree and which field it is for.

    ``word`` is the node, or a ``Term`` like it for the word at ``place`` of a phrase.
    """

    word: Term | Prefix | Wildcard | Fuzzy
    field: str
    path: Path
    place: int | None = None


def list_slots(query: Query) -> tuple[TermSlot, ...]:
    """The words that an article may match *query* by, in order.

    >>> from search.query import Not
    >>> [slot.word.text for slot in list_slots(And((Term("نفط"), Not(Term("غاز")))))]
    ['نفط']
    """
    return tuple(_iter_slots(query, CONTENT, ()))


def _iter_slots(query: Query, field: str, path: Path) -> Iterator[TermSlot]:
    match query:
        case Term() | Prefix() | Wildcard() | Fuzzy():
            yield TermSlot(query, field, path)
        case Phrase(words, level) | Near(words, _, level):
            for place, word in enumerate(words):
                yield TermSlot(Term(word, level), field, path, place)
        case Field(name, child):
            yield from _iter_slots(child, name, (*path, 0))
        case And(children) | Or(children):
            for at, child in enumerate(children):
                yield from _iter_slots(child, field, (*path, at))


def put(query: Query, slot: TermSlot, text: str, level: Level) -> Query:
    """*query* with the word *text* at *level* in the place of *slot*.

    A word of a phrase keeps the level of its phrase.

    >>> tree = And((Term("نفط"), Term("كتاب")))
    >>> put(tree, list_slots(tree)[1], "كتب", Level.EXACT).children[1]
    Term(text='كتب', level=<Level.EXACT: 'exact'>)
    """
    return _put(query, slot.path, slot, Term(text, level))


def _put(query: Query, path: Path, slot: TermSlot, word: Term) -> Query:
    match query:
        case Field(name, child) if path:
            return Field(name, _put(child, path[1:], slot, word))
        case And(children) | Or(children) if path:
            at = path[0]
            changed = _put(children[at], path[1:], slot, word)
            return replace(
                query, children=(*children[:at], changed, *children[at + 1 :])
            )
        case Phrase(words) | Near(words):
            at = slot.place or 0
            return replace(query, words=(*words[:at], word.text, *words[at + 1 :]))
    return word
