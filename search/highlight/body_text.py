"""Body text: the marks that passages are chosen by, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search.arabic.analyzer import spans, surfaces
from search.highlight.highlighter import MAX_CACHED_LENGTH, Highlighter, Mark
from search.highlight.passages import find_best_window

# Characters of the first block. Most articles are shorter, so that the highlighter has
# the matches of the whole text in its cache when it counts their forms.
BLOCK_LENGTH: Final = MAX_CACHED_LENGTH
# Characters that a block is read further at either end, so that no word or phrase is
# cut.
BLOCK_OVERLAP: Final = 500

# The end of a title above the text: of its sentence or of its line.
_TITLE_END_RE: Final = re.compile(r"[»”\"')\]]*(?:\s*[.!?؟…]+[»”\"')\]]*\s|\s*\n|\s*$)")


def find_marks(text: str, highlighter: Highlighter) -> list[Mark]:
    """The marks in *text*, in order, as far as passages are chosen by them.

    Stops after the first block in which all words of the query stand near one
    another, so that a long article with good matches early costs no more than a short
    one.
    """
    if len(text) <= BLOCK_LENGTH:
        return highlighter.find(text)
    marks: list[Mark] = []
    for block in _iter_blocks(len(text)):
        found = [
            Mark(block.read_start + mark.start, block.read_start + mark.end, mark.word)
            for mark in highlighter.find(text[block.read_start : block.read_end])
        ]
        own = [mark for mark in found if block.start <= mark.start < block.end]
        marks += own
        window = find_best_window(text, own)
        if window and window.words >= highlighter.words:
            break
    return marks


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of a text: marks that start in it, found by reading a little more."""

    start: int
    end: int
    read_start: int
    read_end: int


def _iter_blocks(length: int) -> Iterator[_Block]:
    """The blocks of a text, each twice as long as the one before, so that few do."""
    start, size = 0, BLOCK_LENGTH
    while start < length:
        end = min(length, start + size)
        yield _Block(
            start, end, max(0, start - BLOCK_OVERLAP), min(length, end + BLOCK_OVERLAP)
        )
        start, size = end, 2 * size


def skip_title(text: str, title: str) -> int:
    """The offset in *text* after the *title* that it repeats at its start; else 0.

    A first sentence that only begins with the words of the title is not skipped.

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
    end = _TITLE_END_RE.match(text, spans(beginning)[len(words) - 1][1])
    return end.end() if end else 0
