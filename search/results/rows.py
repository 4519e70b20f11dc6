"""Rows of a results page: articles from the database, highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models.functions import Left

from archive.browsing.text_parts import find_part
from archive.models import MAX_BODY_LENGTH, Article, ArticleQuerySet
from search.deadline import check_deadline
from search.highlight.body_text import (
    BLOCK_LENGTH,
    BLOCK_OVERLAP,
    BodyMatches,
    find_matches,
    skip_title,
)
from search.highlight.highlighter import Highlighter, Mark, get_highlighter
from search.highlight.passages import Passage, choose_passages
from search.highlight.snippets import mark_passages, mark_subtitle, mark_title
from search.request import SearchRequest
from search.results.alias_hits import explain_aliases
from search.results.explain import count_forms
from search.results.model import Row

# Characters of each text that the database sends with the page.
OPENING_LENGTH: Final = BLOCK_LENGTH + BLOCK_OVERLAP
# Characters of texts that a page reads; below half a second of the processor.
PAGE_CHARACTERS: Final = 3_000_000
# Characters of one text that a page reads.
TEXT_CHARACTERS: Final = MAX_BODY_LENGTH


def fetch_articles(articles: ArticleQuerySet, article_ids: list[int]) -> list[Article]:
    """The *articles* with these ids, in this order, without those withdrawn since.

    The index may be a moment behind the database.
    """
    # In the model's default order SQLite would scan all published articles.
    found = articles.published().order_by().in_bulk(article_ids)
    return [found[pk] for pk in article_ids if pk in found]


def build_rows(request: SearchRequest, article_ids: list[int]) -> tuple[Row, ...]:
    """The rows of these articles in this order, highlighted for *request*.

    Of each text the first BLOCK_LENGTH characters are read; of long ones more as long
    as the page has read fewer than PAGE_CHARACTERS, each its share. Raises
    QueryTooExpensive after the time that holds: see ``search.deadline``.
    """
    opening = Left("body", OPENING_LENGTH)
    entries = Article.objects.all().for_entries().annotate(opening=opening)
    articles = fetch_articles(entries, article_ids)
    rows, unread = [], PAGE_CHARACTERS
    for position, article in enumerate(articles):
        check_deadline()
        share = unread // (len(articles) - position)
        row, read = _build_row(article, request, limit=share)
        unread -= read
        rows.append(row)
    return explain_aliases(rows, request.query)


def _build_row(
    article: Article, request: SearchRequest, *, limit: int
) -> tuple[Row, int]:
    """The row, and the number of characters of the text that were read for it."""
    in_title = get_highlighter(request.query, field="title")
    in_text = get_highlighter(request.query)
    body, found = _search_body(article, in_text, limit=limit)
    parts = (
        in_title.find_matches(article.title),
        in_text.find_matches(article.subtitle),
        found.matches,
    )
    marks = found.marks
    passages = choose_passages(body, marks, skip_title(body, article.title))
    row = Row(
        article,
        mark_title(article.title, request.query),
        mark_subtitle(article.subtitle, request.query),
        mark_passages(body, passages, marks),
        count_forms(parts),
        part=_find_shown_part(body, passages, marks),
        counted=found.end if in_text.words and found.end < len(body) else 0,
    )
    return row, found.end


def _find_shown_part(
    body: str, passages: Sequence[Passage], marks: Sequence[Mark]
) -> int:
    """The part of the text with the first match that is shown; 1 without matches."""
    start = passages[0].start if passages else 0
    shown = (mark.start for mark in marks if mark.start >= start)
    return find_part(body, next(shown, 0))


def _search_body(
    article: Article, highlighter: Highlighter, *, limit: int
) -> tuple[str, BodyMatches]:
    """The beginning of the text with its matches, read on where that may help."""
    text: str = article.opening  # type: ignore[attr-defined]
    if len(text) < OPENING_LENGTH:
        return text, find_matches(text, highlighter)
    found = find_matches(text, highlighter, limit=BLOCK_LENGTH)
    if found.are_near or not highlighter.words or limit <= BLOCK_LENGTH:
        return text, found
    limit = min(limit, TEXT_CHARACTERS)
    beginning = Left("body", limit + BLOCK_OVERLAP)
    row = Article.objects.filter(pk=article.pk).order_by()
    # None where the article was deleted meanwhile.
    text = row.values_list(beginning, flat=True).first() or text
    return text, find_matches(text, highlighter, limit=limit, before=found)
