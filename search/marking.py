"""Which words of a text a query matched: the spans that pages mark.

Works on the query tree and the analyzer alone, so that every engine's hits are
marked alike: a word where its surface form or family was asked for, a phrase only
where its words stand together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.arabic.analyzer import Token, analyze, cached_stem, surfaces
from search.fields import CONTENT
from search.query import And, Field, Level, Near, Not, Or, Phrase, Prefix, Query, Term

Test = Callable[[Token], bool]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word to mark: offsets in characters, and which word of the query it answers."""

    start: int
    end: int
    word: int


class Marker:
    """Finds the marks of one query in texts of one field.

    ``title`` texts answer words asked for in the title and words asked for anywhere.
    """

    def __init__(self, query: Query, *, field: str = CONTENT) -> None:
        wanted = {CONTENT, field}
        self._leaves = [
            leaf for name, leaf in _iter_leaves(query, CONTENT) if name in wanted
        ]

    @property
    def words(self) -> int:
        """How many words or phrases of the query can be marked."""
        return len(self._leaves)

    def find(self, text: str) -> list[Mark]:
        """The marks in *text*, in order, none overlapping another."""
        if not self._leaves:
            return []
        tokens = analyze(text)
        chosen: dict[int, int] = {}
        for word, leaf in enumerate(self._leaves):
            for at in leaf.find(tokens):
                chosen.setdefault(at, word)
        return [
            Mark(tokens[at].start, tokens[at].end, chosen[at]) for at in sorted(chosen)
        ]


@dataclass(frozen=True)
class _Sequence:
    """Tests for neighboring tokens, or for tokens within *distance* places."""

    tests: tuple[Test, ...]
    distance: int | None = None

    @cached_property
    def _is_single(self) -> bool:
        return len(self.tests) == 1

    def find(self, tokens: Sequence[Token]) -> Iterator[int]:
        """The places of all matching tokens; a place may come twice."""
        if self._is_single:
            test = self.tests[0]
            yield from (at for at, token in enumerate(tokens) if test(token))
        elif self.distance is None:
            yield from self._find_adjacent(tokens)
        else:
            yield from self._find_near(tokens, self.distance)

    def _find_adjacent(self, tokens: Sequence[Token]) -> Iterator[int]:
        size = len(self.tests)
        first, rest = self.tests[0], self.tests[1:]
        for at in range(len(tokens) - size + 1):
            if first(tokens[at]) and all(
                test(tokens[at + step]) for step, test in enumerate(rest, start=1)
            ):
                yield from range(at, at + size)

    def _find_near(self, tokens: Sequence[Token], distance: int) -> Iterator[int]:
        places = [
            [at for at, token in enumerate(tokens) if test(token)]
            for test in self.tests
        ]
        for start in sorted({at for found in places for at in found}):
            window = [
                _places_between(found, start, start + distance) for found in places
            ]
            if all(window):
                yield from (at for found in window for at in found)


def _places_between(places: list[int], first: int, last: int) -> list[int]:
    return places[bisect_left(places, first) : bisect_left(places, last + 1)]


def _test_of(surface: str, level: Level) -> Test:
    if level is Level.EXACT:
        return lambda token: token.surface == surface
    stem = cached_stem(surface)
    return lambda token: cached_stem(token.surface) == stem


def _sequence(
    words: tuple[str, ...], level: Level, distance: int | None = None
) -> _Sequence:
    forms = [surface for word in words for surface in surfaces(word)]
    return _Sequence(tuple(_test_of(form, level) for form in forms), distance)


def _prefix(text: str) -> _Sequence:
    *before, last = surfaces(text)
    tests = [_test_of(form, Level.EXACT) for form in before]
    return _Sequence((*tests, lambda token: token.surface.startswith(last)))


def _iter_leaves(query: Query, field: str) -> Iterator[tuple[str, _Sequence]]:
    """Each leaf that an article may match by, with the field it is looked for in."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _iter_leaves(child, field)
        case Field(name, child):
            yield from _iter_leaves(child, name)
        case Term(text, level):
            yield field, _sequence((text,), level)
        case Phrase(words, level):
            yield field, _sequence(words, level)
        case Near(words, distance, level):
            yield field, _sequence(words, level, distance)
        case Prefix(text):
            yield field, _prefix(text)
        case Not():
            return
