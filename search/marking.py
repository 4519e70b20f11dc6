"""Which words of a text a query matched: the spans that pages mark.

Works on the query tree and the analyzer alone, so that every engine's hits are
marked alike: a word where its surface form, family or root was asked for, a phrase
only where its words stand together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf

from search.arabic.analyzer import (
    analyze,
    cached_root,
    cached_stem,
    spans,
    surfaces,
)
from search.arabic.edits import count_edits
from search.arabic.marks import are_compatible, marked_form
from search.arabic.normalize import fold_beginning
from search.arabic.patterns import compile_pattern, fold_pattern
from search.fields import CONTENT
from search.query import (
    And,
    Field,
    Fuzzy,
    Level,
    MostOf,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

# Whether a surface form is one that a word of the query stands for.
Accept = Callable[[str], bool]
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
        found = _Text(text, self._leaves)
        chosen: dict[int, int] = {}
        for word, leaf in enumerate(self._leaves):
            for at in leaf.find(found):
                chosen.setdefault(at, word)
        return [Mark(*found.bounds[at], chosen[at]) for at in sorted(chosen)]


class _Text:
    """A text with the places of every form that some word of the query stands for."""

    def __init__(self, text: str, leaves: Iterable[_Sequence]) -> None:
        self.text = text
        forms = surfaces(text)
        tests = [test for leaf in leaves for test in leaf.tests]
        wanted = {
            form for form in set(forms) if any(test.accepts(form) for test in tests)
        }
        places: dict[str, list[int]] = {}
        for at, form in enumerate(forms):
            if form in wanted:
                places.setdefault(form, []).append(at)
        self.places: Places = places

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Start and end of each token, in characters."""
        return spans(self.text)

    def marked_form(self, at: int) -> str:
        """The token at a place with its vowel marks, ``""`` if it has none."""
        start, end = self.bounds[at]
        return marked_form(self.text[start:end])


@dataclass(frozen=True, slots=True)
class _Test:
    """Whether a token is wanted: by its surface form, and by its marks where *form*
    has the marks that the reader typed."""

    accepts: Accept
    form: str = ""

    def find(self, text: _Text) -> list[int]:
        """The places of the wanted tokens, ascending."""
        places = sorted(
            at
            for surface, found in text.places.items()
            if self.accepts(surface)
            for at in found
        )
        if not self.form:
            return places
        return [at for at in places if are_compatible(self.form, text.marked_form(at))]


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Tests for neighboring tokens, or for tokens within *distance* places.

    Each test sees each surface form of the text once, however often it stands there.
    """

    tests: tuple[_Test, ...]
    distance: int | None = None

    def find(self, text: _Text) -> Iterator[int]:
        """The places of all matching tokens; a place may come twice."""
        found = [test.find(text) for test in self.tests]
        if len(found) == 1:
            return iter(found[0])
        if not all(found):
            return iter(())
        if self.distance is None:
            return _find_adjacent(found)
        return _find_near(found, self.distance)


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


def _exact_test(surface: str, form: str) -> _Test:
    return _Test(lambda other: other == surface, form)


def _family_test(surface: str, form: str) -> _Test:
    stem = cached_stem(surface)
    return _Test(lambda other: cached_stem(other) == stem)


def _root_test(surface: str, form: str) -> _Test:
    root = cached_root(cached_stem(surface))
    return _Test(lambda other: cached_root(cached_stem(other)) == root)


# The surface form and the marked form of a word asked for → the test of tokens.
_TESTS: Mapping[Level, Callable[[str, str], _Test]] = {
    Level.EXACT: _exact_test,
    Level.FAMILY: _family_test,
    Level.ROOT: _root_test,
}


def _sequence(
    words: tuple[str, ...], level: Level, distance: int | None = None
) -> _Sequence:
    forms = [
        (token.surface, marked_form(word[token.start : token.end]))
        for word in words
        for token in analyze(word)
    ]
    if distance is not None:
        # One place answers a word that is asked for twice.
        forms = list(dict.fromkeys(forms))
    return _Sequence(tuple(_TESTS[level](*form) for form in forms), distance)


def _prefix(text: str, level: Level) -> _Sequence:
    *before, token = analyze(text)
    tests = [_exact_test(one.surface, "") for one in before]
    last = fold_beginning(text[token.start : token.end])
    if level is Level.EXACT:
        return _Sequence((*tests, _Test(lambda form: form.startswith(last))))
    return _Sequence(
        (
            *tests,
            _Test(
                lambda form: form.startswith(last) or cached_stem(form).startswith(last)
            ),
        )
    )


def _wildcard(text: str) -> _Sequence:
    pattern = compile_pattern(fold_pattern(text))
    return _Sequence((_Test(lambda form: bool(pattern.fullmatch(form))),))


def _fuzzy(text: str, edits: int) -> _Sequence:
    return _Sequence(tuple(_near_test(surface, edits) for surface in surfaces(text)))


def _near_test(surface: str, edits: int) -> _Test:
    stem = cached_stem(surface)
    return _Test(
        lambda form: (
            _is_near(form, surface, edits) or _is_near(cached_stem(form), stem, edits)
        )
    )


def _is_near(one: str, other: str, edits: int) -> bool:
    if abs(len(one) - len(other)) > edits:
        return False
    return count_edits(one, other) <= edits


def _iter_leaves(query: Query, field: str) -> Iterator[tuple[str, _Sequence]]:
    """Each leaf that an article may match by, with the field it is looked for in."""
    match query:
        case And(children) | Or(children) | MostOf(children):
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
        case Prefix(text, level):
            yield field, _prefix(text, level)
        case Wildcard(text):
            yield field, _wildcard(text)
        case Fuzzy(text, edits):
            yield field, _fuzzy(text, edits)
