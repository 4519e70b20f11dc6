"""A line of a concordance: a place in a text, with the words before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from search.arabic.analyzer import cached_fold
from search.arabic.prefixes import split_proclitics
from search.arabic.tokenize import iter_words
from search.fields import POSITION_GAP

# Words of context on either side.
CONTEXT: Final = 12


@dataclass(frozen=True, slots=True)
class Line:
    """An occurrence as it is printed, on one line.

    ``part`` is the number of the text that it stands in, and ``start`` the offset of
    the word there, in characters. A context is ``""`` where the text begins or ends.
    """

    part: int
    start: int
    before: str
    proclitics: str
    word: str
    after: str


class Tokens:
    """The tokens of a text by their offsets, read no further than they are wanted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._read: list[tuple[int, int]] = []
        self._unread = _iter_spans(text)

    def spans(self, count: int) -> Sequence[tuple[int, int]]:
        """Start and end of the first *count* tokens at least, or of all there are."""
        self._read += islice(self._unread, max(0, count - len(self._read)))
        return self._read


def cut_line(texts: Sequence[Tokens], position: int, tokens: int) -> Line | None:
    """The line of the occurrence at *position* in *texts*; None where there is none.

    Positions count the tokens of all texts, with ``POSITION_GAP`` after each that has
    any.

    >>> texts = [Tokens("عنوان"), Tokens("في سوق القطن\\nوبالقطن تجارة")]
    >>> line = cut_line(texts, 1003, 1)
    >>> line.before, line.proclitics, line.word, line.after
    ('في سوق القطن', 'وبال', 'قطن', 'تجارة')
    """
    first = 0
    for part, text in enumerate(texts):
        spans = text.spans(position - first + tokens + CONTEXT)
        if first <= position < first + len(spans):
            return _cut(text, part, first, (position, tokens))
        if spans:
            first += len(spans) + POSITION_GAP
    return None


def _iter_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each token, as the analyzer counts them."""
    return ((start, end) for word, start, end in iter_words(text) if cached_fold(word))


def _cut(tokens: Tokens, part: int, first: int, place: tuple[int, int]) -> Line | None:
    """The line of a place, a position and a number of tokens, in one text."""
    at, last = place[0] - first, sum(place) - first - 1
    text, spans = tokens.text, tokens.spans(last + 1 + CONTEXT)
    if last >= len(spans):
        # The text has become shorter since it was indexed.
        return None
    start, end = spans[at][0], spans[last][1]
    opens = spans[max(0, at - CONTEXT)][0]
    closes = spans[min(len(spans) - 1, last + CONTEXT)][1]
    proclitics, word = split_proclitics(text[start : spans[at][1]])
    return Line(
        part=part,
        start=start,
        before=_one_line(text[opens:start]),
        proclitics=proclitics,
        word=_one_line(word + text[spans[at][1] : end]),
        after=_one_line(text[end:closes]),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
