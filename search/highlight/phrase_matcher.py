"""Where the words of a query stand in a text that is read from its first word on.

For words that must stand together, and those whose vowel marks count; a word that
matches by itself is found faster, see ``search.highlight.highlighter``.
Public: `PhraseMatcher`, `find_matches`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import inf
from typing import Final

from search.arabic.analyzer import cached_fold, spans
from search.arabic.diacritics import are_compatible, diacritized_form
from search.arabic.tokenize import WORD_RE, iter_words
from search.highlight.token_matchers import TokenMatcher

# Forms for each of which the words are gone through; for more, once for all.
_MOST_SCANNED: Final = 8

# The places of each surface form of a text, ascending.
Places = Mapping[str, list[int]]
# Those of a set of forms that some word of the query stands for.
Choose = Callable[[set[str]], set[str]]


@dataclass(frozen=True, slots=True)
class PhraseMatcher:
    """Tests for neighboring tokens, or for tokens within *distance* places.

    Each test sees each surface form of the text once, however often it stands there.
    """

    tests: tuple[TokenMatcher, ...]
    distance: int | None = None

    @property
    def is_alone(self) -> bool:
        """Whether a word matches by its surface form, wherever it stands."""
        return len(self.tests) == 1 and not self.tests[0].form

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


def find_matches(
    text: str, sequences: Sequence[PhraseMatcher], choose: Choose
) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Start and end, the number of the sequence, and the surface form of each match.

    A word that matches several is of the first of them.
    """
    read = _Text(text, choose)
    chosen: dict[int, int] = {}
    for number, sequence in enumerate(sequences):
        for at in sequence.find(read):
            chosen.setdefault(at, number)
    places = sorted(chosen)
    for at, bounds in zip(places, read.bounds_of(places), strict=True):
        yield bounds, chosen[at], read.forms[at]


class _Text:
    """A text with the places of every form that some word of the query stands for."""

    def __init__(self, text: str, choose: Choose) -> None:
        self._text = text
        self._words: list[str] = WORD_RE.findall(text)
        self.forms = list(map(cached_fold, self._words))
        # Pieces without any letter or digit, which are no tokens.
        self._has_pieces = not all(self.forms)
        if self._has_pieces:
            self._words = [word for word in self._words if cached_fold(word)]
            self.forms = [form for form in self.forms if form]
        wanted = choose(set(self.forms))
        self.places: Places = _find_all(self.forms, wanted)

    def bounds_of(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """Start and end, in characters, of the tokens at *places*, ascending."""
        if self._has_pieces:
            bounds = spans(self._text)
            return [bounds[at] for at in places]
        # Skipped words cost next to nothing.
        words = iter_words(self._text)
        steps = [at - before for before, at in pairwise((-1, *places))]
        return [next(islice(words, step - 1, None)).span() for step in steps]

    def diacritized_form(self, at: int) -> str:
        """The token at a place with its vowel marks, ``""`` if it has none."""
        return diacritized_form(self._words[at])


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


def _find_places(test: TokenMatcher, text: _Text) -> list[int]:
    """The places of the wanted tokens, ascending."""
    places = sorted(
        at
        for surface, found in text.places.items()
        if test.accepts(surface)
        for at in found
    )
    if not test.form:
        return places
    return [at for at in places if are_compatible(test.form, text.diacritized_form(at))]
