"""Sentence breaks: where a text may be cut, between sentences, clauses or words."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple


class Cut(StrEnum):
    """The unit of text that ends at a boundary."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    WORD = "word"


class Boundary(NamedTuple):
    """White space between two words, by offsets in characters.

    The part before it ends at ``end``, the part after it begins at ``start``.
    ``quoted`` tells that a quotation or a parenthesis is open there.
    """

    end: int
    start: int
    cut: Cut
    quoted: bool


# Characters before a boundary that are searched for an open quotation mark.
QUOTED_LENGTH: Final = 600

_SPACES_RE: Final = re.compile(r"\s+")
_LINE_END_RE: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Characters that may follow the stop of a sentence: .», ."
_CLOSING: Final = "»”“\"'’)]›"
_CUTS: Final = {
    **dict.fromkeys(".!?؟…۔", Cut.SENTENCE),
    **dict.fromkeys("،؛:,;", Cut.CLAUSE),
}
# Before other characters than these a space only parts two words.
_STOPS: Final = frozenset(_CLOSING) | frozenset(_CUTS)
# A full stop that ends no sentence: of abbreviations («د.», «أ.د.», «وج.», «هـ.»,
# "Dr.") and of the number that opens a line ("3.").
_NO_SENTENCE_RE: Final = re.compile(
    r"(?:^|[\s.(\[«“\"/])(?:و?[^\W\d_]ـ?|Dr|Mr|Mrs|Ms|St|Prof|Vol|vol|No|no|pp|cf)\.$"
    r"|(?:^|[\n\r])[ \t]*\d{1,3}\.$"
)
# Characters of the longest match of the expression above.
_NO_SENTENCE_LENGTH: Final = 12

_STRAIGHT: Final = '"'
_OPENING: Final = "«“‹(["
_LINE_ENDS: Final = "\n\r\u2028\u2029"
_QUOTE_RE: Final = re.compile(r"[«»“”‹›()\[\]\"\n\r\u2028\u2029]")


def find_boundaries(text: str, first: int, last: int) -> list[Boundary]:
    """The boundaries in *text* between two offsets, in order.

    >>> boundaries = find_boundaries("قال د. علي: نعم. ثم مضى", 0, 23)
    >>> [(each.end, each.cut.value) for each in boundaries]
    [(3, 'word'), (6, 'word'), (11, 'clause'), (16, 'sentence'), (19, 'word')]
    """
    quotes = _QUOTE_RE.finditer(text, max(0, first - QUOTED_LENGTH), last)
    quote, state = next(quotes, None), _QuoteState()
    boundaries = []
    for space in _SPACES_RE.finditer(text, first, last):
        while quote and quote.start() < space.start():
            state.read(quote.group())
            quote = next(quotes, None)
        start, end = space.span()
        # Most boundaries are one space between two words: no need to look closer.
        is_plain = text[start] == " " and end == start + 1 and start > 0
        if is_plain and text[start - 1] not in _STOPS:
            cut = Cut.WORD
        else:
            cut = _find_cut(text, start, space.group())
        boundaries.append(Boundary(start, end, cut, state.is_open))
    return boundaries


def _find_cut(text: str, end: int, space: str) -> Cut:
    """The unit that ends at *end*, before the white space *space*."""
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


class _QuoteState:
    """Whether a quotation is open after the characters read; a line end closes all."""

    def __init__(self) -> None:
        self._depth = 0
        self._straight = False

    @property
    def is_open(self) -> bool:
        return self._straight or self._depth > 0

    def read(self, quote: str) -> None:
        """Take a quotation mark, a parenthesis or a line's end into account."""
        if quote == _STRAIGHT:
            self._straight = not self._straight
        elif quote in _OPENING:
            self._depth += 1
        elif quote in _LINE_ENDS:
            self._depth, self._straight = 0, False
        else:
            self._depth = max(0, self._depth - 1)
