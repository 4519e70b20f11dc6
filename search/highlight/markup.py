"""Marked text as HTML in plain strings: escaped, with a tag around each mark.

`search.highlight.snippets` declares it safe for the pages' templates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from search.highlight.highlighter import Mark
from search.highlight.passages import Passage
from search.highlight.sentence_breaks import Cut

if TYPE_CHECKING:
    # Haystack's back end marks texts too, of sites without our models.
    from archive.browsing.text_parts import TextLink

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


def linked_markup(
    text: str,
    bounds: tuple[int, int],
    marks: Sequence[Mark],
    links: Sequence[TextLink],
    numbers: Iterator[int],
) -> str:
    """As `markup`, with *links* between the offsets too, in order.

    A link that a mark begins or ends within is left out: elements nest.

    >>> from archive.browsing.text_parts import TextLink
    >>> links = [TextLink(4, 11, "/ar/actors/x/")]
    >>> linked_markup("قال طه حسين", (0, 11), [Mark(4, 6, 0)], links, iter([1]))
    'قال <a href="/ar/actors/x/"><mark id="hit-1">طه</mark> حسين</a>'
    """
    spans = [
        _Span(mark.start, mark.end, f'<mark id="hit-{next(numbers)}">', "</mark>")
        for mark in marks
    ]
    spans += [
        _Span(link.start, link.end, f'<a href="{escape(link.address)}">', "</a>")
        for link in links
        if not any(_crosses(mark, link) for mark in marks)
    ]
    # Of two that begin together, the longer one is around the other.
    spans.sort(key=lambda span: (span.start, -span.end))
    return "".join(_iter_nested(text, bounds, spans))


class _Span(NamedTuple):
    """A stretch of a text by offsets, and the tags around it."""

    start: int
    end: int
    opening: str
    closing: str


def _iter_nested(
    text: str, bounds: tuple[int, int], spans: Sequence[_Span]
) -> Iterator[str]:
    """The text with its tags; of *spans* one is within another or apart from it."""
    written, end = bounds
    open_: list[_Span] = []
    for span in spans:
        while open_ and open_[-1].end <= span.start:
            inner = open_.pop()
            yield escape(text[written : inner.end]) + inner.closing
            written = inner.end
        yield escape(text[written : span.start]) + span.opening
        written = span.start
        open_.append(span)
    while open_:
        inner = open_.pop()
        yield escape(text[written : inner.end]) + inner.closing
        written = inner.end
    yield escape(text[written:end])


def _crosses(mark: Mark, link: TextLink) -> bool:
    """Whether they overlap and neither is within the other."""
    if mark.end <= link.start or link.end <= mark.start:
        return False
    is_around = mark.start <= link.start and link.end <= mark.end
    return not is_around and not (link.start <= mark.start and mark.end <= link.end)
