"""Marked text for pages: titles, snippets and whole articles.

The text shown is the original from the database, vowels and all. Every piece is
escaped here and nowhere else, and this is the only module that calls it safe.
Public: `MarkedArticle`, `mark_article`, `mark_title`, `mark_subtitle` and
`build_fragments`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from archive.models import Article
from search.highlight.body_text import find_marks, skip_title
from search.highlight.highlighter import Highlighter, Mark, get_highlighter
from search.highlight.passages import Passage, choose_passages
from search.highlight.sentence_breaks import Cut
from search.query import Query

ELLIPSIS: Final = "…"

_SPACES_RE: Final = re.compile(r"\s+")
# What an ellipsis makes superfluous at the end of a clause.
_CLAUSE_STOPS: Final = "،؛:,; "


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
    in_title, in_text = get_highlighter(query, field="title"), get_highlighter(query)
    numbers = count(1)
    title = _mark(article.title, in_title.find(article.title), numbers)
    subtitle = _mark(article.subtitle, in_text.find(article.subtitle), numbers)
    paragraphs = tuple(_iter_paragraphs(article.body, in_text, numbers))
    return MarkedArticle(title, subtitle, paragraphs, next(numbers) - 1)


def _iter_paragraphs(
    body: str, highlighter: Highlighter, numbers: Iterator[int]
) -> Iterator[SafeString]:
    """The marked paragraphs of ``Article.paragraphs``.

    Marks are looked for in the whole text, as the index holds it: a phrase may go on
    in the next line.
    """
    marks = deque(highlighter.find(body))
    start = 0
    for line in body.splitlines(keepends=True):
        end = start + len(line)
        inside = []
        while marks and marks[0].start < end:
            inside.append(marks.popleft())
        text = line.strip()
        if text:
            first = start + line.index(text)
            bounds = first, first + len(text)
            yield _safe(markup(body, bounds, inside, numbers=numbers))
        start = end


def mark_title(title: str, query: Query) -> SafeString:
    """*title* with the words that *query* matched marked."""
    return _mark(title, get_highlighter(query, field="title").find(title))


def mark_subtitle(subtitle: str, query: Query) -> SafeString:
    """*subtitle* with the words that *query* matched in the text marked."""
    return _mark(subtitle, get_highlighter(query).find(subtitle))


def build_fragments(
    text: str, query: Query, *, title: str = ""
) -> tuple[SafeString, ...]:
    """The passages of *text* that show best why it matched, or its beginning.

    A *title* that the text repeats above its first line is left out.
    """
    marks = find_marks(text, get_highlighter(query))
    passages = choose_passages(text, marks, skip_title(text, title))
    return tuple(_safe(passage_markup(text, one, marks)) for one in passages)


def _mark(
    text: str, marks: Sequence[Mark], numbers: Iterator[int] | None = None
) -> SafeString:
    return _safe(markup(text, (0, len(text)), marks, numbers=numbers))


def _safe(html: str) -> SafeString:
    # Every piece that came from a text has gone through escape() in markup().
    return mark_safe(html)  # noqa: S308


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
