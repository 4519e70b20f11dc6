"""Parts of long texts: the pages that the text of an article is read on.

Where a part ends depends only on the characters after a multiple of PART_LENGTH, so
that one part is read from the database without the others, however long the text.
Offsets and lengths are in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import Left, Length, Substr

from archive.models import Article

# About 28 printed pages. Of 42,000 newspaper and journal articles four are longer than
# 75,000 characters and thus have parts.
PART_LENGTH: Final = 50_000
# A shorter rest belongs to the part before it.
_SHORTEST: Final = PART_LENGTH // 2
_LONGEST: Final = PART_LENGTH + _SHORTEST
# The columns of an article that an `Opening` is made of: its text, its length.
TEXT_COLUMNS: Final = (Left("body", _LONGEST), Length("body"))
# Characters after a multiple of PART_LENGTH in which a part may end.
CUT_LENGTH: Final = 5_000
# Characters around a part that a highlighter reads, so that no phrase is cut.
CONTEXT_LENGTH: Final = 500

# The ends of a paragraph, a sentence and a word, from the best on.
_ENDS: Final = (
    re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*"),
    re.compile(r"[.!?؟…][»”\"')\]]*\s+"),
    re.compile(r"\s+"),
)


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link from a stretch of a part's text, by offsets, to a page of the archive."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """Part *number* of *count*, from 1, with some text before and after it.

    ``start`` is its offset in the whole text.
    """

    number: int = 1
    count: int = 1
    text: str = ""
    before: str = ""
    after: str = ""
    start: int = 0

    def bounds(self) -> Iterator[tuple[int, int]]:
        """Start and end of each paragraph in the text, without empty ones."""
        start = 0
        for line in self.text.splitlines(keepends=True):
            paragraph = line.strip()
            if paragraph:
                first = start + line.index(paragraph)
                yield first, first + len(paragraph)
            start += len(line)

    def paragraphs(self) -> list[str]:
        """The paragraphs of the part, without empty ones."""
        return [self.text[start:end] for start, end in self.bounds()]

    @property
    def previous(self) -> int:
        """The number of the part before this one; 0 where it is the first."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the part after this one; 0 where it is the last."""
        return self.number + 1 if self.number < self.count else 0


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of an article's text, for `read_part`, and the length of it all.

    A text of one part is all beginning.
    """

    article_id: int
    text: str
    length: int


def read_part(opening: Opening, number: int) -> TextPart:
    """Part *number* of a text; the nearest that there is."""
    count = count_parts(opening.length)
    if count == 1:
        return TextPart(text=opening.text)
    number = max(1, min(number, count))
    first, last = _bounds(number, count, opening.length)
    piece = Substr("body", first + 1, last - first)
    row = Article.objects.filter(pk=opening.article_id).order_by()
    text: str = row.values_list(piece, flat=True).first() or ""
    return _cut_out(text, first, number, count)


def cut_part(text: str, number: int) -> TextPart:
    """Part *number* of a whole *text*, as `read_part` reads it."""
    count = count_parts(len(text))
    if count == 1:
        return TextPart(text=text)
    number = max(1, min(number, count))
    first, last = _bounds(number, count, len(text))
    return _cut_out(text[first:last], first, number, count)


def _bounds(number: int, count: int, length: int) -> tuple[int, int]:
    """What to read of a text for a part of it."""
    first = max(0, (number - 1) * PART_LENGTH - CONTEXT_LENGTH)
    if number == count:
        return first, length
    return first, number * PART_LENGTH + CUT_LENGTH + CONTEXT_LENGTH


def _cut_out(text: str, first: int, number: int, count: int) -> TextPart:
    """The part in *text*, which begins at the offset *first*."""
    start, end = 0, len(text)
    if number > 1:
        start = _find_cut(text, (number - 1) * PART_LENGTH - first)
    if number < count:
        end = _find_cut(text, number * PART_LENGTH - first)
    return TextPart(
        number,
        count,
        text[start:end],
        text[max(0, start - CONTEXT_LENGTH) : start],
        text[end : end + CONTEXT_LENGTH],
        first + start,
    )


def count_parts(length: int) -> int:
    """The number of parts of a text of *length* characters, at least 1.

    >>> [count_parts(length) for length in (0, 74_999, 75_000, 1_000_000)]
    [1, 1, 2, 20]
    """
    return max(1, (length + _SHORTEST) // PART_LENGTH)


def find_part(text: str, offset: int) -> int:
    """The number of the part that *offset* is in; *text* may lack its end.

    It may exceed the number of parts by one, at the end of a long last part.
    """
    number = offset // PART_LENGTH + 1
    start = (number - 1) * PART_LENGTH
    if number > 1 and offset < _find_cut(text, start):
        return number - 1
    return number


def _find_cut(text: str, start: int) -> int:
    """The first good end of a part in the CUT_LENGTH characters from *start* on."""
    for end in _ENDS:
        if match := end.search(text, start, start + CUT_LENGTH):
            return match.end()
    return start


def read_part_number(text: str) -> int:
    """The number in an address; 1 where it is none.

    >>> read_part_number("12"), read_part_number("٣"), read_part_number("-1")
    (12, 1, 1)
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= len("1000000")
    return int(text) if is_number else 1
