"""Marked text as HTML in plain strings: escaped, with a tag around each mark.

`search.highlight.snippets` declares it safe for the pages' templates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from search.highlight.highlighter import Mark
from search.highlight.passages import Passage
from search.highlight.sentence_breaks import Cut

ELLIPSIS: Final = "…"

_SPACES_RE: Final = re.compile(r"\s+")
# What an ellipsis makes superfluous at the end of a clause.
_CLAUSE_STOPS: Final = "،؛:,; "


def passage_markup(
    text: str, passage: Passage, marks: Sequence[Mark], *, tag: str = "mark"
) -> str:
    """The passage on one line, with an ellipsis where a sentence is cut."""
    start, end = passage.start, passage.end
    before = "" if passage.opens is Cut.SENTENCE else ELLIPSIS
    after = "" if passage.closes is Cut.SENTENCE else ELLIPSIS
    if after:
        end = start + len(text[start:end].rstrip(_CLAUSE_STOPS))
    first = bisect_left(marks, start, key=lambda mark: mark.start)
    last = bisect_left(marks, end, key=lambda mark: mark.start)
    inside = [mark for mark in marks[first:last] if mark.end <= end]
    body = _SPACES_RE.sub(" ", markup(text, (start, end), inside, tag=tag))
    return before + body.strip() + after


def markup(
    text: str,
    bounds: tuple[int, int],
    marks: Sequence[Mark],
    *,
    tag: str = "mark",
    numbers: Iterator[int] | None = None,
) -> str:
    """*text* between two offsets, escaped, with *tag* around each of *marks*.

    *marks* are those between the offsets, in order. With *numbers* their tags have the
    ids hit-1, hit-2 … that it gives.
    """
    pieces: list[str] = []
    at, end = bounds
    for mark in marks:
        number = f' id="hit-{next(numbers)}"' if numbers else ""
        pieces.append(escape(text[at : mark.start]))
        pieces.append(f"<{tag}{number}>{escape(text[mark.start : mark.end])}</{tag}>")
        at = mark.end
    pieces.append(escape(text[at:end]))
    return "".join(pieces)
