"""Marked text for pages: titles, snippets and whole articles.

The text shown is the original from the database, vowels and all. Every piece is
escaped here and nowhere else, and this is the only module that calls it safe.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from archive.models import Article
from search.marking import Mark, Marker
from search.query import Query

# Characters of one fragment, and how many of them a row shows.
FRAGMENT_LENGTH: Final = 220
FRAGMENTS: Final = 2
# Characters of an article that fragments are chosen from; its page marks them all.
SEARCHED_LENGTH: Final = 200_000
ELLIPSIS: Final = "…"

# Where a sentence or a clause ends; a fragment likes to begin behind it.
_SENTENCE_END_RE: Final = re.compile(r"[.!?؟؛…،][»”\")]*\s+|\n\s*")
_SPACES_RE: Final = re.compile(r"\s+")
# A different word of the query is worth more than many more of the same.
_WORD_WORTH: Final = 10


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article's text with its hits marked; ``count`` tells how many there are.

    Marks carry the ids hit-1, hit-2 … in reading order.
    """

    title: SafeString
    subtitle: SafeString
    paragraphs: tuple[SafeString, ...]
    count: int


def mark_article(article: Article, query: Query) -> MarkedArticle:
    """The whole *article* with every word that *query* matched marked."""
    in_title, in_text = Marker(query, field="title"), Marker(query)
    numbers = count(1)
    title = _mark(article.title, in_title.find(article.title), numbers)
    subtitle = _mark(article.subtitle, in_text.find(article.subtitle), numbers)
    paragraphs = tuple(_iter_paragraphs(article.body, in_text, numbers))
    return MarkedArticle(title, subtitle, paragraphs, next(numbers) - 1)


def _iter_paragraphs(
    body: str, marker: Marker, numbers: Iterator[int]
) -> Iterator[SafeString]:
    """The marked paragraphs of ``Article.paragraphs``.

    Marks are looked for in the whole text, as the index holds it: a phrase may go on
    in the next line.
    """
    marks = deque(marker.find(body))
    start = 0
    for line in body.splitlines(keepends=True):
        end = start + len(line)
        inside = []
        while marks and marks[0].start < end:
            inside.append(marks.popleft())
        text = line.strip()
        if text:
            first = start + line.index(text)
            pieces = _iter_pieces(body, first, first + len(text), inside, numbers)
            yield _safe("".join(pieces))
        start = end


def mark_title(title: str, query: Query) -> SafeString:
    """*title* with the words that *query* matched marked."""
    return _mark(title, Marker(query, field="title").find(title))


def build_fragments(text: str, query: Query) -> tuple[SafeString, ...]:
    """The passages of *text* that show best why it matched, or its beginning."""
    searched = _cut_after_word(text, SEARCHED_LENGTH)
    marks = Marker(query).find(searched)
    spans = _choose_spans(searched, marks)
    return tuple(_fragment(text, span, marks) for span in spans)


def _cut_after_word(text: str, length: int) -> str:
    """The first *length* characters of *text*, without a last word that they cut."""
    cut = text[:length]
    if len(text) == len(cut) or text[length].isspace():
        return cut
    return cut[: _last_space(cut, max(0, length - FRAGMENT_LENGTH), length) or length]


def _last_space(text: str, first: int, end: int) -> int | None:
    """Where the last white space between two offsets begins, or ``None``."""
    spaces = list(_SPACES_RE.finditer(text, first, end))
    return spaces[-1].start() if spaces else None


def _choose_spans(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """The best windows in reading order; each shows words that others lack."""
    if not marks:
        return [_fit(text, 0)] if text.strip() else []
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    for _ in range(FRAGMENTS):
        best = _best_window(marks, chosen, shown)
        if best is None:
            break
        span = _clip(_fit(text, marks[best].start), chosen)
        chosen.append(span)
        shown |= {mark.word for mark in marks if span[0] <= mark.start < span[1]}
    return sorted(chosen)


def _clip(span: tuple[int, int], chosen: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """What of *span* the chosen spans do not show already."""
    start, end = span
    for first, last in chosen:
        if start < first:
            end = min(end, first)
        else:
            start = max(start, last)
    return start, end


def _best_window(
    marks: Sequence[Mark], chosen: Sequence[tuple[int, int]], shown: set[int]
) -> int | None:
    """The first mark of the window with most words not shown yet, or ``None``."""
    best, best_worth = None, 0
    end = 0
    for at, mark in enumerate(marks):
        end = max(end, at)
        limit = mark.start + FRAGMENT_LENGTH * 2 // 3
        while end < len(marks) and marks[end].end <= limit:
            end += 1
        if any(
            first - FRAGMENT_LENGTH // 2 <= mark.start < last for first, last in chosen
        ):
            continue
        words = {marks[place].word for place in range(at, min(end, at + _WORD_WORTH))}
        worth = (
            _WORD_WORTH * len(words - shown) + len(words) + min(end - at, _WORD_WORTH)
        )
        if worth > best_worth:
            best, best_worth = at, worth
    return best


def _fit(text: str, at: int) -> tuple[int, int]:
    """A span of whole words round *at*, from a sentence's beginning if near."""
    earliest = max(0, at - FRAGMENT_LENGTH // 3)
    ends = [match.end() for match in _SENTENCE_END_RE.finditer(text, earliest, at)]
    if earliest == 0:
        start = 0
    elif ends:
        start = ends[0]
    else:
        space = _SPACES_RE.search(text, earliest, at)
        start = space.end() if space else at
    end = start + FRAGMENT_LENGTH
    if end >= len(text):
        return start, len(text.rstrip())
    return start, _last_space(text, at + 1, end + 1) or end


def _fragment(text: str, span: tuple[int, int], marks: Sequence[Mark]) -> SafeString:
    start, end = span
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    body = _SPACES_RE.sub(" ", "".join(_iter_pieces(text, start, end, inside)))
    before = ELLIPSIS if start > 0 else ""
    after = ELLIPSIS if end < len(text.rstrip()) else ""
    return _safe(before + body.strip() + after)


def _mark(
    text: str, marks: Sequence[Mark], numbers: Iterator[int] | None = None
) -> SafeString:
    return _safe("".join(_iter_pieces(text, 0, len(text), marks, numbers)))


def _iter_pieces(
    text: str,
    start: int,
    end: int,
    marks: Sequence[Mark],
    numbers: Iterator[int] | None = None,
) -> Iterator[str]:
    """Escaped text and marks in turn."""
    at = start
    for mark in marks:
        yield escape(text[at : mark.start])
        number = f' id="hit-{next(numbers)}"' if numbers else ""
        yield f"<mark{number}>{escape(text[mark.start : mark.end])}</mark>"
        at = mark.end
    yield escape(text[at:end])


def _safe(html: str) -> SafeString:
    # Every piece that came from a text has gone through escape() in _iter_pieces.
    return mark_safe(html)  # noqa: S308
