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
# Characters that an ellipsis replaces at the end of a fragment.
_CLAUSE_STOPS: Final = "،؛:,; "


def passage_markup(
    text: str, passage: Passage, marks: Sequence[Mark], *, tag: str = "mark"
) -> str:
    """A passage on one line, with an ellipsis where a sentence is cut.

    *marks* are those of the whole text, in order.
    """
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

    >>> markup("كتاب < قلم", (0, 10), [Mark(7, 10, 0)])
    'كتاب &lt; <mark>قلم</mark>'
    """
    parts: list[str] = []
    written, end = bounds
    for mark in marks:
        number = f' id="hit-{next(numbers)}"' if numbers else ""
        parts.append(escape(text[written : mark.start]))
        parts.append(f"<{tag}{number}>{escape(text[mark.start : mark.end])}</{tag}>")
        written = mark.end
    parts.append(escape(text[written:end]))
    return "".join(parts)
