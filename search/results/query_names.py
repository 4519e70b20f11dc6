"""The names of actors that the words of a query may be, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.names.spelling import is_distinctive
from search.query import And, Field, MostOf, Or, Query, SpanQuery, Term

# Words of other fields are no names of actors.
_ACTOR_FIELD: Final = "actor_names"
# Words of one run that are looked at; longer names are looked for as a whole only.
_MAX_WORDS: Final = 8
# Names that one query may look for, which bounds the lookup.
MAX_NAMES: Final = 40


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in order; ``is_whole``: they are all words of the query, or a phrase."""

    words: tuple[str, ...]
    is_whole: bool = True


def list_names(query: Query) -> tuple[str, ...]:
    """The names that *query* may be or contain, likeliest first, at most `MAX_NAMES`.

    What is asked for as a whole may be any name. Among other words it is only one that
    is distinctive: of two words or more, عبد and the word after it being one.

    >>> words = tuple(map(Term, ("رسائل", "عمرو", "بن", "بحر")))
    >>> list_names(And(words))[0], "عمرو بن بحر" in list_names(And(words))
    ('رسائل عمرو بن بحر', True)
    >>> "بحر" in list_names(And(words)), list_names(Term("بحر"))
    (False, ('بحر',))
    """
    runs = list(_iter_runs(query))
    names = [" ".join(run.words) for run in runs if run.is_whole]
    for run in runs:
        names += filter(is_distinctive, _iter_parts(run.words[:_MAX_WORDS]))
    return tuple(dict.fromkeys(names))[:MAX_NAMES]


def _iter_runs(query: Query) -> Iterator[_Run]:
    match query:
        case Term(text=text):
            yield _Run((text,))
        case SpanQuery(words=words):
            yield _Run(tuple(words))
        case Field(name=name, child=child) if name == _ACTOR_FIELD:
            yield from _iter_runs(child)
        case Or(children=children):
            for child in children:
                yield from _iter_runs(child)
        case And(children=children) | MostOf(children=children):
            yield from _join(children)


def _join(children: tuple[Query, ...]) -> Iterator[_Run]:
    """The single words as one run, then phrases and alternatives."""
    words: list[str] = []
    others: list[_Run] = []
    for child in children:
        runs = list(_iter_runs(child))
        if isinstance(child, Or):
            others += [_Run(run.words, is_whole=False) for run in runs]
        elif all(len(run.words) == 1 for run in runs):
            words += [word for run in runs for word in run.words]
        else:
            others += runs
    if words:
        yield _Run(tuple(words), is_whole=not others)
    yield from others


def _iter_parts(words: tuple[str, ...]) -> Iterator[str]:
    """The words next to one another, longest first; also the one that is two joined."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
