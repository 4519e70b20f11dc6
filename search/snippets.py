"""Marked text for pages: titles, snippets and whole articles.

The text shown is the original from the database, vowels and all. Every piece is
escaped here and nowhere else, and this is the only module that calls it safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from django.utils.html import escape
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
_SENTENCE_END_RE: Final = re.compile(r"[.!?؟؛…\n]\s*|،\s+")
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
    paragraphs = tuple(
        _mark(paragraph, in_text.find(paragraph), numbers)
        for paragraph in article.paragraphs()
    )
    return MarkedArticle(title, subtitle, paragraphs, next(numbers) - 1)


def mark_title(title: str, query: Query) -> SafeString:
    """*title* with the words that *query* matched marked."""
    return _mark(title, Marker(query, field="title").find(title))


def build_fragments(text: str, query: Query) -> tuple[SafeString, ...]:
    """The passages of *text* that show best why it matched, or its beginning."""
    searched = text[:SEARCHED_LENGTH]
    marks = Marker(query).find(searched)
    spans = _choose_spans(searched, marks)
    return tuple(_fragment(searched, span, marks) for span in spans)


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
        span = _fit(text, marks[best].start)
        chosen.append(span)
        shown |= {mark.word for mark in marks if span[0] <= mark.start < span[1]}
    return sorted(chosen)


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
    last_space = max(text.rfind(" ", at + 1, end), text.rfind("\n", at + 1, end))
    return start, last_space if last_space > at else end


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
