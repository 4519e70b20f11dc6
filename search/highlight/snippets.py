"""Text with marks for pages: titles, snippets and whole articles.

The text is the original of the database, with its diacritics.
`search.highlight.markup` escapes all of it; no other module declares text safe.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from django.utils.safestring import SafeString, mark_safe

from archive.browsing.text_parts import TextLink, TextPart
from archive.models import Article
from search.highlight.body_text import find_matches, skip_title
from search.highlight.highlighter import Highlighter, Mark, get_highlighter
from search.highlight.markup import linked_markup, markup, passage_markup
from search.highlight.passages import Passage, choose_passages
from search.query import Query

Span = TypeVar("Span", Mark, TextLink)


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """The texts of an article with marks; ``count`` is their number.

    Marks have the ids hit-1, hit-2 … in reading order.
    """

    title: SafeString
    subtitle: SafeString
    paragraphs: tuple[SafeString, ...]
    count: int


def mark_article(
    article: Article,
    query: Query,
    part: TextPart | None = None,
    links: Sequence[TextLink] = (),
) -> MarkedArticle:
    """The *article* with the matches of *query* marked: a *part*, or all of it.

    Titles are marked with the first part. *links* are those of the text, in order.
    """
    part = part or TextPart(text=article.body)
    in_title, in_text = get_highlighter(query, field="title"), get_highlighter(query)
    numbers = count(1)
    if part.number == 1:
        title = _mark(article.title, in_title.find(article.title), numbers)
        subtitle = _mark(article.subtitle, in_text.find(article.subtitle), numbers)
    else:
        title, subtitle = _mark(article.title, ()), _mark(article.subtitle, ())
    paragraphs = tuple(_iter_paragraphs(part, in_text, numbers, links))
    return MarkedArticle(title, subtitle, paragraphs, next(numbers) - 1)


def _iter_paragraphs(
    part: TextPart,
    highlighter: Highlighter,
    numbers: Iterator[int],
    links: Sequence[TextLink],
) -> Iterator[SafeString]:
    """The paragraphs of ``TextPart.paragraphs`` with marks.

    The whole text is highlighted at once, because the index knows no lines: a phrase
    may go on in the next one, and in the next part.
    """
    marks, linked = deque(_find_inside(part, highlighter)), deque(links)
    for bounds in part.bounds():
        inside = list(_pop_before(marks, bounds[1]))
        links_inside = list(_pop_before(linked, bounds[1]))
        if links_inside:
            yield _safe(linked_markup(part.text, bounds, inside, links_inside, numbers))
        else:
            yield _safe(markup(part.text, bounds, inside, numbers=numbers))


def _pop_before(spans: deque[Span], end: int) -> Iterator[Span]:
    while spans and spans[0].start < end:
        yield spans.popleft()


def _find_inside(part: TextPart, highlighter: Highlighter) -> Iterator[Mark]:
    """The marks that start in the part, by offsets in its text."""
    shift, length = len(part.before), len(part.text)
    for mark in highlighter.find(part.before + part.text + part.after):
        start, end = mark.start - shift, mark.end - shift
        if 0 <= start < length:
            # A part that ends within a word is a text without any space.
            yield Mark(start, min(end, length), mark.word)


def number_hit(
    article: Article, query: Query, part: TextPart, place: tuple[int, int]
) -> int:
    """The number that ``mark_article`` gives the mark at *place*; 0 without one.

    *place* is the number of a text, from 0 for the title, and an offset in it, of the
    body in *part*.
    """
    in_title, in_text = get_highlighter(query, field="title"), get_highlighter(query)
    titles = [in_title.find(article.title), in_text.find(article.subtitle)]
    marks = [*titles, [*_find_inside(part, in_text)]]
    text, offset = place
    starts = [mark.start for mark in marks[text]]
    if offset not in starts:
        return 0
    above = marks[:text] if part.number == 1 else []
    return sum(map(len, above)) + starts.index(offset) + 1


def mark_title(title: str, query: Query) -> SafeString:
    """*title* with the matches of *query* marked."""
    return _mark(title, get_highlighter(query, field="title").find(title))


def mark_subtitle(subtitle: str, query: Query) -> SafeString:
    """*subtitle* with the matches of *query* marked, as in the body."""
    return _mark(subtitle, get_highlighter(query).find(subtitle))


def build_fragments(
    text: str, query: Query, *, title: str = ""
) -> tuple[SafeString, ...]:
    """The best passages of *text* with marks, or its beginning without.

    A *title* that the text repeats above its first line is left out.
    """
    marks = find_matches(text, get_highlighter(query)).marks
    passages = choose_passages(text, marks, skip_title(text, title))
    return mark_passages(text, passages, marks)


def mark_passages(
    text: str, passages: Sequence[Passage], marks: Sequence[Mark]
) -> tuple[SafeString, ...]:
    """The *passages* of *text* with those of its *marks*, in order, that they have."""
    return tuple(_safe(passage_markup(text, each, marks)) for each in passages)


def _mark(
    text: str, marks: Sequence[Mark], numbers: Iterator[int] | None = None
) -> SafeString:
    return _safe(markup(text, (0, len(text)), marks, numbers=numbers))


def _safe(html: str) -> SafeString:
    # markup() escapes all text; an ellipsis needs no escaping.
    return mark_safe(html)  # noqa: S308
