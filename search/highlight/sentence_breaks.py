"""Where a text may be cut: between sentences, clauses or words.

Public: `Cut`, `Boundary`, `find_boundaries`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple


class Cut(StrEnum):
    """What ends where a text is cut."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    WORD = "word"


class Boundary(NamedTuple):
    """White space between two words: one part ends at *end*, the next opens at *start*.

    ``quoted`` tells that a quotation or a parenthesis is open there.
    """

    end: int
    start: int
    cut: Cut
    quoted: bool


# How far back the quotation mark that is still open is looked for.
QUOTED_LENGTH: Final = 600

_SPACES_RE: Final = re.compile(r"\s+")
_LINE_END_RE: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# What may follow the stop of a sentence: »".
_CLOSING: Final = "»”“\"'’)]›"
_CUTS: Final = {
    **dict.fromkeys(".!?؟…۔", Cut.SENTENCE),
    **dict.fromkeys("،؛:,;", Cut.CLAUSE),
}
# What is no space between two words of a clause.
_STOPS: Final = frozenset(_CLOSING) | frozenset(_CUTS)
# A stop that ends no sentence: «د.», «أ.د.», «وج.», «هـ.», "Dr."; "3." that opens
# a line.
_NO_SENTENCE_RE: Final = re.compile(
    r"(?:^|[\s.(\[«“\"/])(?:و?[^\W\d_]ـ?|Dr|Mr|Mrs|Ms|St|Prof|Vol|vol|No|no|pp|cf)\.$"
    r"|(?:^|[\n\r])[ \t]*\d{1,3}\.$"
)
# The longest text that the expression above must see.
_NO_SENTENCE_LENGTH: Final = 12

_STRAIGHT: Final = '"'
_OPENING: Final = "«“‹(["
_LINE_ENDS: Final = "\n\r\u2028\u2029"
_QUOTE_RE: Final = re.compile(r"[«»“”‹›()\[\]\"\n\r\u2028\u2029]")


def find_boundaries(text: str, first: int, last: int) -> list[Boundary]:
    """The places of *text* between two offsets where it may be cut, in order.

    >>> found = find_boundaries("قال د. علي: نعم. ثم مضى", 0, 23)
    >>> [(place.end, place.cut.value) for place in found]
    [(3, 'word'), (6, 'word'), (11, 'clause'), (16, 'sentence'), (19, 'word')]
    """
    marks = _QUOTE_RE.finditer(text, max(0, first - QUOTED_LENGTH), last)
    mark, quotes = next(marks, None), _Quotes()
    found = []
    for space in _SPACES_RE.finditer(text, first, last):
        while mark and mark.start() < space.start():
            quotes.see(mark.group())
            mark = next(marks, None)
        start, end = space.span()
        # Most are a space between two words.
        is_plain = text[start] == " " and end == start + 1 and start > 0
        if is_plain and text[start - 1] not in _STOPS:
            cut = Cut.WORD
        else:
            cut = _find_cut(text, start, space.group())
        found.append(Boundary(start, end, cut, quotes.are_open))
    return found


def _find_cut(text: str, end: int, space: str) -> Cut:
    """What ends at *end*, before the white space *space*."""
    if space != " " and _LINE_END_RE.search(space):
        return Cut.SENTENCE
    while end > 0 and text[end - 1] in _CLOSING:
        end -= 1
    if end == 0:
        return Cut.WORD
    cut = _CUTS.get(text[end - 1], Cut.WORD)
    if cut is Cut.SENTENCE and _NO_SENTENCE_RE.search(
        text, max(0, end - _NO_SENTENCE_LENGTH), end
    ):
        return Cut.WORD
    return cut


class _Quotes:
    """Whether a quotation is open behind the marks seen; none outlives a line."""

    def __init__(self) -> None:
        self._depth = 0
        self._straight = False

    @property
    def are_open(self) -> bool:
        return self._straight or self._depth > 0

    def see(self, mark: str) -> None:
        if mark == _STRAIGHT:
            self._straight = not self._straight
        elif mark in _OPENING:
            self._depth += 1
        elif mark in _LINE_ENDS:
            self._depth, self._straight = 0, False
        else:
            self._depth = max(0, self._depth - 1)
