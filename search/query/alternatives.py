"""Compounds that are printed joined and apart: a query for one asks for both.

The analyzer parts most of them (``search.arabic.compounds``); these are the others. A
tree with alternatives is written and read again as the same tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from search.arabic.compounds import find_apart
from search.query.ast import And, Level, Or, Phrase, Query, Term

# At the others the letters and the space are meant as they are typed.
_LOOSE: Final = frozenset({Level.FAMILY, Level.ROOT})


def with_apart(query: Query) -> Query:
    """*query*, or, where it is a compound, that or its parts side by side.

    >>> with_apart(Term("حضرموت")) == Or((Term("حضرموت"), Phrase(("حضر", "موت"))))
    True
    >>> with_apart(Term("نفط"))
    Term(text='نفط', level=<Level.FAMILY: 'family'>)
    """
    return Or(found) if (found := _alternatives(query)) else query


def with_joined(queries: Iterable[Query]) -> list[Query]:
    """*queries* that must all match, in which parts of a compound may be joined."""
    parts: list[Query] = []
    for query in queries:
        found = _alternatives_of_pair(parts[-1], query) if parts else ()
        if found:
            parts[-1] = Or((And((parts[-1], query)), *found))
        else:
            parts.append(query)
    return parts


def flatten(branches: Sequence[Query]) -> list[Query]:
    """*branches* of which one may match; alternatives stand among them, once."""
    flat = list(_iter_flat(branches))
    is_alone = len(branches) < 2
    return [*branches] if is_alone or flat == [*branches] else list(dict.fromkeys(flat))


def _iter_flat(branches: Iterable[Query]) -> Iterator[Query]:
    for branch in branches:
        if isinstance(branch, Or) and any(map(_alternatives, branch.children)):
            yield from branch.children
        else:
            yield branch


def _alternatives(query: Query) -> tuple[Query, ...]:
    """A compound and its parts, where *query* is either of them."""
    match query:
        case Term(text, level) if level in _LOOSE:
            return _pair(text, find_apart(text), level)
        case Phrase((first, second), level) if level in _LOOSE:
            joined = _join(first, second)
            return _pair(joined, f"{first} {second}", level) if joined else ()
    return ()


def _alternatives_of_pair(first: Query, second: Query) -> tuple[Query, ...]:
    match first, second:
        case Term(text, level), Term(other, same) if level is same and level in _LOOSE:
            joined = _join(text, other)
            return _pair(joined, f"{text} {other}", level) if joined else ()
    return ()


def _pair(joined: str, apart: str, level: Level) -> tuple[Query, ...]:
    if not apart:
        return ()
    return Term(joined, level), Phrase(tuple(apart.split()), level)


def _join(first: str, second: str) -> str:
    """The compound that is printed apart as *first* and *second*; ``""`` for none.

    >>> _join("حضر", "موت"), _join("قائم", "مقام"), _join("كتب", "درس")
    ('حضرموت', 'قائمقام', '')
    """
    apart = f"{first} {second}"
    candidates = (first + second, first + second[1:])
    return next((each for each in candidates if find_apart(each) == apart), "")
