"""Phrase matchers: where words of a query match together in a text.

For phrases, words near one another, and words with diacritics, which need the whole
text in tokens. Words that match by themselves are found faster by
``search.highlight.highlighter``. Positions count the tokens of a text from 0.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import inf
from typing import Final

from search.arabic.analyzer import spans
from search.arabic.diacritics import are_compatible, diacritized_form
from search.arabic.families import telling_form, telling_forms
from search.arabic.tokenize import WORD_RE, expand
from search.highlight.token_matchers import TokenMatcher

# Up to so many forms are looked up one by one; more in one pass over the text.
_MOST_SCANNED: Final = 8

# Telling form → its positions in a text, ascending.
Positions = Mapping[str, list[int]]
# From telling forms those that some word of the query matches.
SelectForms = Callable[[set[str]], set[str]]


@dataclass(frozen=True, slots=True)
class PhraseMatcher:
    """Matches adjacent tokens in order, or tokens within *distance* in any order.

    Each token matcher is asked once about each distinct form of a text.
    """

    tokens: tuple[TokenMatcher, ...]
    distance: int | None = None

    @property
    def is_context_free(self) -> bool:
        """Whether it matches single tokens, by nothing but their display form."""
        return len(self.tokens) == 1 and not self.tokens[0].diacritized

    def find(self, text: _TokenizedText) -> Iterator[int]:
        """The positions of all matching tokens; a position may come twice."""
        matches = [_find_positions(token, text) for token in self.tokens]
        if len(matches) == 1:
            return iter(matches[0])
        if not all(matches):
            return iter(())
        if self.distance is None:
            return _find_adjacent(matches)
        return _find_near(matches, self.distance)


def find_matches(
    text: str, matchers: Sequence[PhraseMatcher], select_forms: SelectForms
) -> Iterator[tuple[tuple[int, int], int, str]]:
    """The matching tokens of *text*, in order, with the first matcher of each.

    Each comes with its start and end in characters, the number of the matcher, and
    its display form. Of the words of a ligature, which have one span, the first that
    matches stands for all. *select_forms* must return all forms that any matcher
    accepts.
    """
    tokenized = _TokenizedText(text, select_forms)
    numbers: dict[int, int] = {}
    for number, matcher in enumerate(matchers):
        for position in matcher.find(tokenized):
            numbers.setdefault(position, number)
    positions = sorted(numbers)
    last = None
    for position, span in zip(positions, tokenized.spans_at(positions), strict=True):
        if span != last:
            yield span, numbers[position], tokenized.forms[position]
        last = span


class _TokenizedText:
    """The tokens of a text, with the positions of all forms that may match."""

    def __init__(self, text: str, select_forms: SelectForms) -> None:
        self._text = text
        matched: list[str] = WORD_RE.findall(text)
        self._words = expand(matched)
        self.forms = telling_forms(self._words)
        # Whether each match of the pattern is one token: a run without any letter or
        # digit is none, a ligature may be several.
        self._is_plain = self._words is matched and all(self.forms)
        if not all(self.forms):
            self._words = [word for word in self._words if telling_form(word)]
            self.forms = [form for form in self.forms if form]
        self.positions: Positions = _index_positions(
            self.forms, select_forms(set(self.forms))
        )

    def spans_at(self, positions: Sequence[int]) -> list[tuple[int, int]]:
        """Start and end, in characters, of the tokens at ascending *positions*."""
        if not self._is_plain:
            all_spans = spans(self._text)
            return [all_spans[position] for position in positions]
        # Cheaper than all spans: islice skips the matches between.
        words = WORD_RE.finditer(self._text)
        steps = [position - before for before, position in pairwise((-1, *positions))]
        return [next(islice(words, step - 1, None)).span() for step in steps]

    def diacritized_form(self, position: int) -> str:
        """The diacritized form of the token at *position*; ``""`` if it has none."""
        return diacritized_form(self._words[position])


def _index_positions(forms: list[str], wanted: set[str]) -> dict[str, list[int]]:
    """The positions, ascending, of each of the *wanted* forms."""
    positions: dict[str, list[int]] = {}
    if len(wanted) > _MOST_SCANNED:
        for position, form in enumerate(forms):
            if form in wanted:
                positions.setdefault(form, []).append(position)
        return positions
    for form in wanted:
        position = -1
        positions[form] = [
            position := forms.index(form, position + 1)
            for _ in range(forms.count(form))
        ]
    return positions


def _find_adjacent(matches: list[list[int]]) -> Iterator[int]:
    following = [set(positions) for positions in matches[1:]]
    for start in matches[0]:
        if all(start + step in at for step, at in enumerate(following, start=1)):
            yield from range(start, start + len(matches))


def _find_near(matches: list[list[int]], distance: int) -> Iterator[int]:
    """The positions in all windows of ``distance + 1`` that hold every word."""
    covered = -1
    for start in sorted({at for positions in matches for at in positions}):
        end = start + distance
        if all(_first_from(positions, start) <= end for positions in matches):
            for positions in matches:
                yield from _between(positions, max(start, covered + 1), end)
            covered = end


def _first_from(positions: list[int], start: int) -> float:
    at = bisect_left(positions, start)
    return positions[at] if at < len(positions) else inf


def _between(positions: list[int], first: int, last: int) -> list[int]:
    return positions[bisect_left(positions, first) : bisect_left(positions, last + 1)]


def _find_positions(matcher: TokenMatcher, text: _TokenizedText) -> list[int]:
    """The positions, ascending, of the tokens that *matcher* accepts."""
    positions = sorted(
        position
        for form, found in text.positions.items()
        if matcher.accepts(form)
        for position in found
    )
    if not matcher.diacritized:
        return positions
    return [
        position
        for position in positions
        if are_compatible(matcher.diacritized, text.diacritized_form(position))
    ]
