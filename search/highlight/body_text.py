"""What of an article's text passages are chosen from, and the marks in it.

Public: `find_marks`, `skip_title`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search.arabic.analyzer import spans, surfaces
from search.highlight.highlighter import MAX_CACHED_LENGTH, Highlighter, Mark
from search.highlight.passages import find_best_window

# Characters that are looked through at first. Most articles are shorter, and of those
# the highlighter remembers what it read when it is asked for more.
BLOCK_LENGTH: Final = MAX_CACHED_LENGTH
# Characters of its neighbors that a piece is looked through with, so that no word and
# no phrase is seen cut.
BLOCK_OVERLAP: Final = 500

# What follows a title that stands above the text: the end of a sentence or of a line.
_TITLE_END_RE: Final = re.compile(r"[»”\"')\]]*(?:\s*[.!?؟…]+[»”\"')\]]*\s|\s*\n|\s*$)")


def find_marks(text: str, highlighter: Highlighter) -> list[Mark]:
    """The marks in *text* as far as good passages need them, in order.

    The search ends with the piece in which all words of the query stand together, so
    that a long article costs no more than a short one where its beginning tells
    enough; otherwise it goes on to the end of the text.
    """
    if len(text) <= BLOCK_LENGTH:
        return highlighter.find(text)
    marks: list[Mark] = []
    for piece in _iter_pieces(len(text)):
        found = [
            Mark(piece.start + mark.start, piece.start + mark.end, mark.word)
            for mark in highlighter.find(text[piece.start : piece.end])
        ]
        own = [mark for mark in found if piece.own_start <= mark.start < piece.own_end]
        marks += own
        core = find_best_window(text, own)
        if core and core.words >= highlighter.words:
            break
    return marks


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text; it answers for marks between ``own_start`` and ``own_end``."""

    start: int
    end: int
    own_start: int
    own_end: int


def _iter_pieces(end: int) -> Iterator[_Piece]:
    """The pieces of a text, each twice as long as the one before: they are few."""
    own_start, length = 0, BLOCK_LENGTH
    while own_start < end:
        own_end = min(end, own_start + length)
        yield _Piece(
            max(0, own_start - BLOCK_OVERLAP),
            min(end, own_end + BLOCK_OVERLAP),
            own_start,
            own_end,
        )
        own_start, length = own_end, 2 * length


def skip_title(text: str, title: str) -> int:
    """Where *text* begins behind the *title* that it repeats; 0 where it does not.

    A first sentence that only begins with the words of the title is none.

    >>> skip_title("عودة السفن. عادت السفن أمس.", "عودة السفن")
    12
    >>> skip_title("الميكروب أصغر ما خلق.", "الميكروب")
    0
    """
    words = surfaces(title)
    if not words:
        return 0
    beginning = text[: 2 * len(title)]
    if surfaces(beginning)[: len(words)] != words:
        return 0
    behind = _TITLE_END_RE.match(text, spans(beginning)[len(words) - 1][1])
    return behind.end() if behind else 0
