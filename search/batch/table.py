"""A list of searches to one table of their answers."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.cells import neutralize_cell
from archive.models import Article
from archive.references import Place
from search import searcher
from search.errors import QueryTooExpensive
from search.export.tables import BYTE_ORDER_MARK
from search.forms import SearchForm
from search.indexing.connections import site_engine
from search.results.rows import fetch_articles

# Characters of one query: more is a text, and no name.
MAX_QUERY: Final = 1_000
# Articles that a row names.
FIRST_ARTICLES: Final = 3


@dataclass(frozen=True, slots=True)
class BatchRow:
    """The answer to a query: its total and best articles, or why it has none."""

    query: str
    query_string: str = ""
    total: int = 0
    articles: tuple[Article, ...] = ()
    problem: str = ""


def run_batch(queries: Iterable[str]) -> Iterator[BatchRow]:
    """A row for each query, in their order; raises IndexUnavailable at once."""
    site_engine().status()
    return map(_run, queries)


def write_batch(rows: Iterable[BatchRow], place: Place, results: str) -> Iterator[str]:
    """The table as CSV for spreadsheets; *results* is the path of the results page."""
    yield BYTE_ORDER_MARK + _line(
        [
            _("query"),
            _("number of articles"),
            *(
                heading
                for number in range(1, FIRST_ARTICLES + 1)
                for heading in (
                    _("article %(number)s") % {"number": number},
                    _("address %(number)s") % {"number": number},
                )
            ),
            _("address of the search"),
            _("problem"),
        ]
    )
    for row in rows:
        first: list[str] = []
        for article in row.articles:
            first += [" ".join(article.title.split()), place.address(article)]
        first += [""] * (2 * FIRST_ARTICLES - len(first))
        link = f"{place.site_address}{results}?{row.query_string}"
        total = "" if row.problem else str(row.total)
        yield _line([row.query, total, *first, link, row.problem])


def _run(query: str) -> BatchRow:
    if len(query) > MAX_QUERY:
        problem = _("The query is too long: at most %(most)s characters.")
        return BatchRow(query[:MAX_QUERY], problem=problem % {"most": MAX_QUERY})
    form = SearchForm({"q": query})
    if not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return BatchRow(query, problem=" ".join(sentences))
    request = form.search_request
    asked = replace(searcher.build_engine_request(request), limit=FIRST_ARTICLES)
    try:
        answer = site_engine().run(asked)
    except QueryTooExpensive as error:
        return BatchRow(query, request.query_string(), problem=str(error))
    ids = [hit.article_id for hit in answer.hits]
    articles = fetch_articles(Article.objects.only("title"), ids)
    return BatchRow(query, request.query_string(), answer.total, tuple(articles))


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([neutralize_cell(cell) for cell in cells])
    return buffer.getvalue()
