"""Which words of a text a query matched: the spans that pages mark.

Works on the query tree and the analyzer alone, so that every engine's hits are
marked alike: a word where its surface form or family was asked for, a phrase only
where its words stand together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from search.arabic.analyzer import cached_stem, spans, surfaces
from search.fields import CONTENT
from search.query import And, Field, Level, Near, Not, Or, Phrase, Prefix, Query, Term

# Whether a surface form is one that a word of the query stands for.
Test = Callable[[str], bool]
# The places of each surface form of a text, ascending.
Places = Mapping[str, list[int]]


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
        places = self._find_places(surfaces(text))
        chosen: dict[int, int] = {}
        for word, leaf in enumerate(self._leaves):
            for at in leaf.find(places):
                chosen.setdefault(at, word)
        if not chosen:
            return []
        bounds = spans(text)
        return [Mark(*bounds[at], chosen[at]) for at in sorted(chosen)]

    def _find_places(self, forms: list[str]) -> Places:
        """Where each form stands that some word of the query stands for."""
        wanted = {
            form
            for form in set(forms)
            if any(test(form) for leaf in self._leaves for test in leaf.tests)
        }
        places: dict[str, list[int]] = {}
        for at, form in enumerate(forms):
            if form in wanted:
                places.setdefault(form, []).append(at)
        return places


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Tests for neighboring tokens, or for tokens within *distance* places.

    Each test sees each surface form of the text once, however often it stands there.
    """

    tests: tuple[Test, ...]
    distance: int | None = None

    def find(self, places: Places) -> Iterator[int]:
        """The places of all matching tokens; a place may come twice."""
        found = [_places_of(test, places) for test in self.tests]
        if len(found) == 1:
            return iter(found[0])
        if self.distance is None:
            return _find_adjacent(found)
        return _find_near(found, self.distance)


def _places_of(test: Test, places: Places) -> list[int]:
    return sorted(at for form, found in places.items() if test(form) for at in found)


def _find_adjacent(found: list[list[int]]) -> Iterator[int]:
    following = [set(places) for places in found[1:]]
    for start in found[0]:
        if all(start + step in at for step, at in enumerate(following, start=1)):
            yield from range(start, start + len(found))


def _find_near(found: list[list[int]], distance: int) -> Iterator[int]:
    """The places in all windows of *distance* more places that hold every word."""
    covered = -1
    for start in sorted({at for places in found for at in places}):
        end = start + distance
        if all(_first_from(places, start) <= end for places in found):
            for places in found:
                yield from _places_between(places, max(start, covered + 1), end)
            covered = end


def _first_from(places: list[int], start: int) -> float:
    at = bisect_left(places, start)
    return places[at] if at < len(places) else inf


def _places_between(places: list[int], first: int, last: int) -> list[int]:
    return places[bisect_left(places, first) : bisect_left(places, last + 1)]


def _test_of(surface: str, level: Level) -> Test:
    if level is Level.EXACT:
        return lambda form: form == surface
    stem = cached_stem(surface)
    return lambda form: cached_stem(form) == stem


def _sequence(
    words: tuple[str, ...], level: Level, distance: int | None = None
) -> _Sequence:
    forms = [surface for word in words for surface in surfaces(word)]
    if distance is not None:
        # One place answers a word that is asked for twice.
        forms = list(dict.fromkeys(forms))
    return _Sequence(tuple(_test_of(form, level) for form in forms), distance)


def _prefix(text: str) -> _Sequence:
    *before, last = surfaces(text)
    tests = [_test_of(form, Level.EXACT) for form in before]
    return _Sequence((*tests, lambda form: form.startswith(last)))


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
