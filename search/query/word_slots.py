"""The words of a query tree with their places, and trees with another word there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.fields import CONTENT
from search.query.ast import (
    Field,
    Level,
    Not,
    Query,
    SpanQuery,
    Term,
    TermQuery,
)

# Which child node to take at each step down a tree, counted from 0.
Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TermSlot:
    """One word of a query: where it stands in the tree, and the field it is for.

    ``word`` is the node, or a `Term` for the word numbered ``index`` of a phrase.
    """

    word: TermQuery
    field: str
    path: Path
    index: int | None = None


def list_slots(query: Query) -> tuple[TermSlot, ...]:
    """The words that an article may match *query* by, in order.

    >>> from search.query.ast import And
    >>> [slot.word.text for slot in list_slots(And((Term("نفط"), Not(Term("غاز")))))]
    ['نفط']
    """
    return tuple(_iter_slots(query, CONTENT, ()))


def _iter_slots(query: Query, field: str, path: Path) -> Iterator[TermSlot]:
    match query:
        case TermQuery():
            yield TermSlot(query, field, path)
        case SpanQuery(words=words, level=level):
            for index, word in enumerate(words):
                yield TermSlot(Term(word, level), field, path, index)
        case Not():
            return
        case _:
            inner = query.name if isinstance(query, Field) else field
            for number, part in enumerate(query.parts()):
                yield from _iter_slots(part, inner, (*path, number))


def replace_term(query: Query, slot: TermSlot, text: str, level: Level) -> Query:
    """*query* with the word *text* at *level* in the place of *slot*.

    A word of a phrase keeps the level of its phrase.

    >>> from search.query.ast import And
    >>> tree = And((Term("نفط"), Term("كتاب")))
    >>> replace_term(tree, list_slots(tree)[1], "كتب", Level.EXACT).children[1]
    Term(text='كتب', level=<Level.EXACT: 'exact'>)
    """
    return _replace(query, slot.path, slot.index, Term(text, level))


def _replace(query: Query, path: Path, index: int | None, term: Term) -> Query:
    if path:
        parts = list(query.parts())
        parts[path[0]] = _replace(parts[path[0]], path[1:], index, term)
        return query.with_parts(tuple(parts))
    if index is not None and isinstance(query, SpanQuery):
        words = (*query.words[:index], term.text, *query.words[index + 1 :])
        return query.with_words(words)
    return term
