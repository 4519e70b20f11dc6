"""Rows of a results page: articles from the database, highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, Final

from django.db.models.functions import Left

from archive.browsing.text_parts import find_part
from archive.models import MAX_BODY_LENGTH, Article, ArticleQuerySet, Status
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
from search.query import Query
from search.request import SearchRequest
from search.results.alias_hits import explain_aliases
from search.results.explain import count_forms
from search.results.model import Excerpt, Row

# Characters of each text that the database sends with the page.
OPENING_LENGTH: Final = BLOCK_LENGTH + BLOCK_OVERLAP
# Characters of texts that a page reads; below half a second of the processor.
PAGE_CHARACTERS: Final = 3_000_000
# Rows that are kept marked, of 4,000 bytes each or so.
MARKED_CACHE_SIZE: Final = 4096
# Characters of one text that a page reads.
TEXT_CHARACTERS: Final = MAX_BODY_LENGTH


def fetch_articles(articles: ArticleQuerySet, article_ids: list[int]) -> list[Article]:
    """The *articles* with these ids, in this order, without those withdrawn since.

    The index may be a moment behind the database.
    """
    # Asked for the status, or in the model's order, SQLite would scan all published
    # articles.
    found = articles.order_by().in_bulk(article_ids)
    return [
        found[pk]
        for pk in article_ids
        if pk in found and found[pk].status == Status.PUBLISHED
    ]


def build_rows(request: SearchRequest, article_ids: list[int]) -> tuple[Row, ...]:
    """The rows of these articles in this order, highlighted for *request*.

    Of each text the first BLOCK_LENGTH characters are read; of long ones more as long
    as the page has read fewer than PAGE_CHARACTERS, each its share. What was marked in
    a text that was read whole is kept for the next page that shows it. Raises
    QueryTooExpensive after the time that holds: see ``search.deadline``.
    """
    entries = Article.objects.all().for_entries("content_hash")
    articles = fetch_articles(entries, article_ids)
    openings = _Openings(articles, request.query)
    rows, unread = [], PAGE_CHARACTERS
    for position, article in enumerate(articles):
        check_deadline()
        share = unread // (len(articles) - position)
        marked, read = _mark(_Unmarked(article, request.query, openings, share))
        unread -= read
        rows.append(Row(article, **marked))
    return explain_aliases(rows, request.query)


def read_excerpts(rows: Sequence[Row]) -> dict[int, tuple[str, ...]]:
    """The excerpts of these rows, word for word, by article; in one query."""
    ends = [excerpt.end for row in rows for excerpt in row.excerpts]
    found = Article.objects.filter(pk__in=[row.article.pk for row in rows]).order_by()
    beginning = Left("body", max(ends, default=1) or 1)
    texts = dict(found.values_list("pk", beginning))
    return {
        row.article.pk: tuple(
            texts.get(row.article.pk, "")[each.start : each.end]
            for each in row.excerpts
        )
        for row in rows
    }


class _Openings:
    """The beginnings of the texts of a page, read at once when the first is wanted.

    The words of all are looked up at once then, for the marks of *query*.
    """

    def __init__(self, articles: Sequence[Article], query: Query) -> None:
        self._articles = articles
        self._query = query

    @cached_property
    def by_id(self) -> dict[int, str]:
        """The first OPENING_LENGTH characters of each text."""
        rows = Article.objects.filter(pk__in=[each.pk for each in self._articles])
        rows = rows.order_by()
        openings = dict(rows.values_list("pk", Left("body", OPENING_LENGTH)))
        titles = (
            part for each in self._articles for part in (each.title, each.subtitle)
        )
        get_highlighter(self._query).prime((*titles, *openings.values()))
        return openings


class _Unmarked:
    """An article to be marked; as a key of the cache, its texts and the query.

    A key that is kept lets go of everything else.
    """

    __slots__ = ("_key", "article", "limit", "openings", "query")

    def __init__(
        self, article: Article, query: Query, openings: _Openings, limit: int
    ) -> None:
        self._key = (article.content_hash, query)
        self.article: Article | None = article
        self.openings: _Openings | None = openings
        self.query = query
        self.limit = limit

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unmarked) and self._key == other._key


def _mark(unmarked: _Unmarked) -> tuple[dict[str, Any], int]:
    """What of the article to show, and the characters that were read for it."""
    try:
        return _mark_whole(unmarked)
    except _TooLongToKeep as found:
        return found.marked


class _TooLongToKeep(Exception):
    """Of a long text, as much as the page had left to read was read."""

    def __init__(self, marked: tuple[dict[str, Any], int]) -> None:
        super().__init__()
        self.marked = marked


@lru_cache(MARKED_CACHE_SIZE)
def _mark_whole(unmarked: _Unmarked) -> tuple[dict[str, Any], int]:
    article, openings = unmarked.article, unmarked.openings
    unmarked.article = unmarked.openings = None
    if article is None or openings is None:
        raise ValueError("An article is marked once.")
    opening = openings.by_id.get(article.pk, "")
    marked = _mark_texts(article, opening, unmarked.query, limit=unmarked.limit)
    if len(opening) >= OPENING_LENGTH:
        raise _TooLongToKeep(marked)
    return marked


def _mark_texts(
    article: Article, opening: str, query: Query, *, limit: int
) -> tuple[dict[str, Any], int]:
    in_title = get_highlighter(query, field="title")
    in_text = get_highlighter(query)
    body, found = _search_body(article, opening, in_text, limit=limit)
    parts = (
        in_title.find_matches(article.title),
        in_text.find_matches(article.subtitle),
        found.matches,
    )
    marks = found.marks
    passages = choose_passages(body, marks, skip_title(body, article.title))
    shown = {
        "title": mark_title(article.title, query),
        "subtitle": mark_subtitle(article.subtitle, query),
        "fragments": mark_passages(body, passages, marks),
        "forms": count_forms(parts),
        "part": _find_shown_part(body, passages, marks),
        "excerpts": tuple(_build_excerpt(each, marks) for each in passages),
        "counted": found.end if in_text.words and found.end < len(body) else 0,
    }
    return shown, found.end


def _build_excerpt(passage: Passage, marks: Sequence[Mark]) -> Excerpt:
    start, end = passage.start, passage.end
    inside = (mark for mark in marks if start <= mark.start and mark.end <= end)
    return Excerpt(start, end, tuple((mark.start, mark.end) for mark in inside))


def _find_shown_part(
    body: str, passages: Sequence[Passage], marks: Sequence[Mark]
) -> int:
    """The part of the text with the first match that is shown; 1 without matches."""
    start = passages[0].start if passages else 0
    shown = (mark.start for mark in marks if mark.start >= start)
    return find_part(body, next(shown, 0))


def _search_body(
    article: Article, text: str, highlighter: Highlighter, *, limit: int
) -> tuple[str, BodyMatches]:
    """*text*, the beginning, with its matches, read on where that may help."""
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
