"""Marked text for pages: titles, snippets and whole articles.

The text shown is the original from the database, vowels and all. Every piece is
escaped by `search.highlight.markup`; this is the only module that calls it safe.
Public: `MarkedArticle`, `mark_article`, `mark_title`, `mark_subtitle` and
`build_fragments`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from django.utils.safestring import SafeString, mark_safe

from archive.models import Article
from search.highlight.body_text import find_marks, skip_title
from search.highlight.highlighter import Highlighter, Mark, get_highlighter
from search.highlight.markup import markup, passage_markup
from search.highlight.passages import choose_passages
from search.query import Query


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
    # Every piece that came from a text has been escaped by markup().
    return mark_safe(html)  # noqa: S308
