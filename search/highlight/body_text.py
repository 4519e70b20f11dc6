"""Body text: the matches that passages are chosen by, and where the text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from search.arabic.analyzer import spans, surfaces
from search.deadline import check_deadline
from search.highlight.highlighter import MAX_CACHED_LENGTH, Highlighter, Mark, Match
from search.highlight.passages import find_best_window

# Characters of a block; most articles are shorter.
BLOCK_LENGTH: Final = MAX_CACHED_LENGTH
# Characters that a block is read further at either end, so that no word or phrase is
# cut, and no passage.
BLOCK_OVERLAP: Final = 500

# The end of a title above the text: of its sentence or of its line.
_TITLE_END_RE: Final = re.compile(r"[»”\"')\]]*(?:\s*[.!?؟…]+[»”\"')\]]*\s|\s*\n|\s*$)")


@dataclass(frozen=True, slots=True)
class BodyMatches:
    """The matches that start in the first ``end`` characters of a text, in order.

    ``are_near`` tells that all words of the query stand near one another in a block:
    passages further on would be no better.
    """

    matches: tuple[Match, ...] = ()
    end: int = 0
    are_near: bool = False

    @property
    def marks(self) -> list[Mark]:
        """The matches as marks."""
        return [Mark(start, end, word) for start, end, word, _ in self.matches]


def find_matches(
    text: str,
    highlighter: Highlighter,
    *,
    limit: int | None = None,
    before: BodyMatches | None = None,
) -> BodyMatches:
    """The matches in *text*, as far as passages are chosen by them.

    Reads block by block, at most *limit* characters, and stops after the first block
    in which all words of the query stand near one another, so that a long article with
    good matches early costs no more than a short one. Goes on after *before*. Raises
    QueryTooExpensive after the time that holds: see ``search.deadline``.
    """
    last = len(text) if limit is None else min(len(text), limit)
    if last == len(text) <= BLOCK_LENGTH:
        return BodyMatches(highlighter.find_matches(text), last)
    before = before or BodyMatches()
    matches, end = list(before.matches), before.end
    while end < last:
        check_deadline()
        start, end = end, min(last, end + BLOCK_LENGTH)
        own = _find_between(text, start, end, highlighter)
        matches += own
        window = find_best_window(text, BodyMatches(tuple(own)).marks)
        if window and window.words >= highlighter.words:
            return BodyMatches(tuple(matches), end, are_near=True)
    return BodyMatches(tuple(matches), end)


def _find_between(
    text: str, start: int, end: int, highlighter: Highlighter
) -> list[Match]:
    """The matches that start between two offsets, found by reading a little more."""
    first = max(0, start - BLOCK_OVERLAP)
    return [
        Match(first + match.start, first + match.end, match.word, match.form)
        for match in highlighter.find_matches(text[first : end + BLOCK_OVERLAP])
        if start <= first + match.start < end
    ]


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
