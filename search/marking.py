"""Which words of a text a query matched: the spans that pages mark.

Works on the query tree and the analyzer alone, so that every engine's hits are
marked alike: a word where its surface form, family or root was asked for, a phrase
only where its words stand together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from math import inf
from typing import Final

from search.arabic.analyzer import cached_fold, spans
from search.arabic.marks import are_compatible, marked_form
from search.arabic.tokenize import WORD_RE, iter_words
from search.fields import CONTENT
from search.query import (
    And,
    Field,
    Fuzzy,
    MostOf,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from search.wanted import (
    Wanted,
    want_misspelled,
    want_pattern,
    want_prefix,
    want_words,
)

# Queries whose markers are kept.
CACHED_MARKERS: Final = 32
# Characters of the longest text that a marker remembers, at some ten bytes each.
KEPT_LENGTH: Final = 100_000

# Forms for each of which the words are gone through; for more, once for all.
_MOST_SCANNED: Final = 8

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
        # A word that is asked for twice is looked for once.
        leaves = dict.fromkeys(
            leaf for name, leaf in _iter_leaves(query, CONTENT) if name in wanted
        )
        self._leaves = [_build_sequence(leaf) for leaf in leaves]
        tests = [test for leaf in self._leaves for test in leaf.tests]
        self._others = [test for test in tests if test.key is None]
        # Words told by a key cost one look each, however many the query has.
        self._values: dict[Callable[[str], str], set[str]] = {}
        for test in tests:
            if test.key is not None:
                self._values.setdefault(test.key, set()).add(test.value)
        self._last: tuple[tuple[_Text, dict[int, int]], ...] = ()

    @property
    def words(self) -> int:
        """How many words or phrases of the query can be marked."""
        return len(self._leaves)

    def find(self, text: str) -> list[Mark]:
        """The marks in *text*, in order, none overlapping another."""
        if not self._leaves:
            return []
        read, chosen = self._read(text)
        places = sorted(chosen)
        return [
            Mark(*bounds, chosen[at])
            for at, bounds in zip(places, read.bounds_of(places), strict=True)
        ]

    def count(self, text: str) -> Counter[str]:
        """How often each form of *text* is marked, by the surface form."""
        if not self._leaves:
            return Counter()
        read, chosen = self._read(text)
        return Counter(read.forms[at] for at in chosen)

    def spell(self, text: str, surface: str) -> str:
        """The first word of *text* with this surface form, as it is printed there."""
        read, _chosen = self._read(text)
        return read.words[read.forms.index(surface)]

    def _read(self, text: str) -> tuple[_Text, dict[int, int]]:
        """What *text* holds, and the marked places with the word that each answers."""
        for last in self._last:
            if last[0].text is text:
                return last
        read = _Text(text, self._choose)
        chosen: dict[int, int] = {}
        for word, leaf in enumerate(self._leaves):
            for at in leaf.find(read):
                chosen.setdefault(at, word)
        # Kept for whoever asks next about the same article: for marks of its subtitle
        # and its body, then for counts.
        if len(text) <= KEPT_LENGTH:
            self._last = (*self._last[-1:], (read, chosen))
        return read, chosen

    def _choose(self, forms: set[str]) -> set[str]:
        """Those of *forms* that some word of the query stands for."""
        chosen = (
            {form for form in forms if any(test.accepts(form) for test in self._others)}
            if self._others
            else set()
        )
        for key, values in self._values.items():
            chosen |= {form for form in forms if key(form) in values}
        return chosen


# A page asks for the same marks of twenty articles, and so does the next one.
get_marker = lru_cache(CACHED_MARKERS)(Marker)


class _Text:
    """A text with the places of every form that some word of the query stands for."""

    def __init__(self, text: str, choose: Callable[[set[str]], set[str]]) -> None:
        self.text = text
        self.words: list[str] = WORD_RE.findall(text)
        self.forms = list(map(cached_fold, self.words))
        # Pieces without any letter or digit, which are no tokens.
        self._has_pieces = not all(self.forms)
        if self._has_pieces:
            self.words = [word for word in self.words if cached_fold(word)]
            self.forms = [form for form in self.forms if form]
        wanted = choose(set(self.forms))
        self.places: Places = _find_all(self.forms, wanted)

    def bounds_of(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """Start and end, in characters, of the tokens at *places*, ascending."""
        if self._has_pieces:
            bounds = spans(self.text)
            return [bounds[at] for at in places]
        # Skipped words cost next to nothing.
        words = iter_words(self.text)
        steps = [at - before for before, at in pairwise((-1, *places))]
        return [next(islice(words, step - 1, None)).span() for step in steps]

    def marked_form(self, at: int) -> str:
        """The token at a place with its vowel marks, ``""`` if it has none."""
        return marked_form(self.words[at])


def _find_all(forms: list[str], wanted: set[str]) -> dict[str, list[int]]:
    """The places of each wanted form, ascending."""
    places: dict[str, list[int]] = {}
    if len(wanted) > _MOST_SCANNED:
        for at, form in enumerate(forms):
            if form in wanted:
                places.setdefault(form, []).append(at)
        return places
    for form in wanted:
        at = -1
        places[form] = [
            at := forms.index(form, at + 1) for _ in range(forms.count(form))
        ]
    return places


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Tests for neighboring tokens, or for tokens within *distance* places.

    Each test sees each surface form of the text once, however often it stands there.
    """

    tests: tuple[Wanted, ...]
    distance: int | None = None

    def find(self, text: _Text) -> Iterator[int]:
        """The places of all matching tokens; a place may come twice."""
        found = [_find_places(test, text) for test in self.tests]
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


def _find_places(test: Wanted, text: _Text) -> list[int]:
    """The places of the wanted tokens, ascending."""
    places = sorted(
        at
        for surface, found in text.places.items()
        if test.accepts(surface)
        for at in found
    )
    if not test.form:
        return places
    return [at for at in places if are_compatible(test.form, text.marked_form(at))]


def _iter_leaves(query: Query, field: str) -> Iterator[tuple[str, Query]]:
    """Each leaf that an article may match by, with the field it is looked for in."""
    match query:
        case And(children) | Or(children) | MostOf(children):
            for child in children:
                yield from _iter_leaves(child, field)
        case Field(name, child):
            yield from _iter_leaves(child, name)
        case Term() | Phrase() | Near() | Prefix() | Wildcard() | Fuzzy():
            yield field, query


def _build_sequence(leaf: Query) -> _Sequence:
    match leaf:
        case Term(text, level):
            return _Sequence(want_words((text,), level))
        case Phrase(words, level):
            return _Sequence(want_words(words, level))
        case Near(words, distance, level):
            # One place answers a word that is asked for twice.
            once = tuple(dict.fromkeys(words))
            return _Sequence(want_words(once, level), distance)
        case Prefix(text, level):
            return _Sequence(want_prefix(text, level))
        case Wildcard(text):
            return _Sequence(want_pattern(text))
        case Fuzzy(text, edits):
            return _Sequence(want_misspelled(text, edits))
    raise TypeError(f"{type(leaf).__name__} stands for no words.")
