"""An archive of a few articles that a test writes itself, in the database and indexed.

Public: `ArticleText`, `write_archive`, `follow`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from archive.dates import PartialDate
from archive.models import Article, Source, SourceKind, Status
from archive.names.collation import sort_key
from search.forms import SearchForm
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.request import SearchRequest
from search.results.model import SearchResults
from search.searcher import run


@dataclass(frozen=True)
class ArticleText:
    """An article; *source* is a slug, *published* an ISO date."""

    body: str
    title: str = "عنوان"
    source: str = "gazette"
    published: str = ""


def write_archive(pieces: Sequence[ArticleText | str]) -> list[int]:
    """Write the articles and index them; returns their numbers, from 1."""
    whole = [ArticleText(one) if isinstance(one, str) else one for one in pieces]
    sources = {
        slug: Source(
            slug=slug,
            name_ar=slug,
            name_latin=slug,
            sort_key=sort_key(slug),
            kind=SourceKind.NEWSPAPER,
        )
        for slug in sorted({piece.source for piece in whole})
    }
    Source.objects.bulk_create(sources.values())
    articles = [
        _make_article(number, piece, sources[piece.source])
        for number, piece in enumerate(whole, 1)
    ]
    Article.objects.bulk_create(articles)
    enqueue(article.pk for article in articles)
    drain()
    return [article.pk for article in articles]


def _make_article(number: int, piece: ArticleText, source: Source) -> Article:
    article = Article(
        pk=number,
        title=piece.title,
        body=piece.body,
        source=source,
        external_id=str(number),
        status=Status.PUBLISHED,
    )
    if piece.published:
        article.published = PartialDate.from_iso(piece.published)
    article.content_hash = article.build_content_hash()
    return article


def follow(query_string: str) -> SearchResults:
    """What a page shows behind an address: read by the form, searched, in Arabic."""
    return run(read_address(query_string), language="ar")


def read_address(query_string: str) -> SearchRequest:
    form = SearchForm(QueryDict(query_string))
    assert form.is_valid(), form.errors
    assert form.search_request.query_string() == query_string
    return form.search_request
