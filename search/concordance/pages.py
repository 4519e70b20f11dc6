"""A page of a concordance: lines with their articles, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from archive.browsing.text_parts import count_parts, cut_part, find_part
from archive.models import Article
from search import searcher
from search.concordance.lines import Line, Tokens, cut_line
from search.concordance.options import Options
from search.deadline import check_deadline
from search.engines.corpus import (
    Concordance,
    ConcordanceRequest,
    Occurrence,
    list_words,
)
from search.highlight.snippets import number_hit
from search.indexing.connections import corpus_engine
from search.query import Near, Query, render
from search.request import SearchRequest
from search.results.rows import fetch_articles

PAGE_SIZE: Final = 50
# Lines that are read at once for a file.
_BATCH: Final = 200
# The number of the body among the texts of an article.
_BODY: Final = 2


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its article, whose source is fetched, and the address of the place.

    ``query`` is the word or phrase of the search that it is for.
    """

    line: Line
    article: Article
    address: str
    query: str


@dataclass(frozen=True, slots=True)
class WordChoice:
    """A word or phrase of a search with its occurrences."""

    number: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of ``total`` lines; ``choices`` are the words of a search of several."""

    request: SearchRequest
    options: Options
    lines: tuple[PlacedLine, ...]
    total: int
    articles: int
    choices: tuple[WordChoice, ...]
    is_sorted: bool

    @property
    def page_count(self) -> int:
        """The number of pages, at least 1."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def first_rank(self) -> int:
        """The number of the first line among all, from 1."""
        return (self.options.page - 1) * PAGE_SIZE + 1

    @property
    def last_rank(self) -> int:
        """The number of the last line among all."""
        return min(self.total, self.first_rank + PAGE_SIZE - 1)


def read_page(request: SearchRequest, options: Options) -> Page:
    """The page of the concordance of *request*; raises the errors of a search."""
    request = replace(request, page=1)
    found = _ask(request, options, (options.page - 1) * PAGE_SIZE, PAGE_SIZE)
    labels = list_labels(request.query)
    return Page(
        request=request,
        options=options,
        lines=tuple(_place(request, found.rows, labels)),
        total=found.total,
        articles=found.articles,
        choices=tuple(map(WordChoice, range(len(labels)), labels, found.words)),
        is_sorted=found.is_sorted,
    )


def iter_lines(
    request: SearchRequest, options: Options, *, most: int
) -> Iterator[PlacedLine]:
    """The first *most* lines in order, read in batches; raises at the first."""
    request = replace(request, page=1)
    rows = _ask(request, options, 0, most).rows
    labels = list_labels(request.query)
    for start in range(0, len(rows), _BATCH):
        yield from _place(request, rows[start : start + _BATCH], labels)


def list_labels(query: Query) -> tuple[str, ...]:
    """The words and phrases of *query* that stand in texts, as they are written."""
    return tuple(render(leaf) for _field, leaf in list_words(query))


def _ask(
    request: SearchRequest, options: Options, offset: int, limit: int
) -> Concordance:
    asked = ConcordanceRequest(
        search=searcher.build_engine_request(request),
        word=options.word,
        order=options.order,
        by_lemma=options.by_lemma,
        offset=offset,
        limit=limit,
    )
    return corpus_engine().concordance(asked)


def _place(
    request: SearchRequest, rows: Iterable[Occurrence], labels: Sequence[str]
) -> Iterator[PlacedLine]:
    """The lines of *rows* in order, without those whose place is not there any more."""
    rows = list(rows)
    ids = list(dict.fromkeys(row.article_id for row in rows))
    whole = Article.objects.select_related("source")
    articles = {each.pk: each for each in fetch_articles(whole, ids)}
    texts = {
        each.pk: tuple(map(Tokens, (each.title, each.subtitle, each.body)))
        for each in articles.values()
    }
    query_string = request.query_string()
    for row in rows:
        check_deadline()
        article = articles.get(row.article_id)
        line = article and cut_line(texts[article.pk], row.position, row.tokens)
        if article and line:
            place = _find_hit(article, line, row, request.query)
            address = f"{article.get_absolute_url()}?{query_string}{place}"
            yield PlacedLine(line, article, address, labels[row.word])


def _find_hit(article: Article, line: Line, row: Occurrence, query: Query) -> str:
    """What leads to the line on the page of the article."""
    is_near = any(isinstance(leaf, Near) for _field, leaf in list_words(query))
    if not is_near and count_parts(len(article.body)) == 1:
        hit = row.earlier + 1
        return f"&hit={hit}#hit-{hit}"
    number = find_part(article.body, line.start) if line.part == _BODY else 1
    part = cut_part(article.body, number)
    offset = line.start - (part.start if line.part == _BODY else 0)
    pairs = [("part", str(part.number))] if part.number > 1 else []
    hit = number_hit(article, query, part, (line.part, offset))
    if not hit:
        return f"&{urlencode(pairs)}#text"
    return f"&{urlencode([*pairs, ('hit', str(hit))])}#hit-{hit}"
