"""An archive of a few articles that a test writes, in the database and the index."""

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
    """An article to write; ``source`` is a slug, ``published`` an ISO date."""

    body: str
    title: str = "عنوان"
    source: str = "gazette"
    published: str = ""


def write_archive(texts: Sequence[ArticleText | str]) -> list[int]:
    """Write the articles and index them; returns their primary keys, from 1."""
    whole = [ArticleText(text) if isinstance(text, str) else text for text in texts]
    sources = {
        slug: Source(
            slug=slug,
            name_ar=slug,
            name_latin=slug,
            sort_key=sort_key(slug),
            kind=SourceKind.NEWSPAPER,
        )
        for slug in sorted({text.source for text in whole})
    }
    Source.objects.bulk_create(sources.values())
    articles = [
        _make_article(number, text, sources[text.source])
        for number, text in enumerate(whole, 1)
    ]
    Article.objects.bulk_create(articles)
    enqueue(article.pk for article in articles)
    drain()
    return [article.pk for article in articles]


def _make_article(number: int, text: ArticleText, source: Source) -> Article:
    article = Article(
        pk=number,
        title=text.title,
        body=text.body,
        source=source,
        external_id=str(number),
        status=Status.PUBLISHED,
    )
    if text.published:
        article.published = PartialDate.from_iso(text.published)
    article.content_hash = article.build_content_hash()
    return article


def follow(query_string: str) -> SearchResults:
    """The results of a query string, read by the form, with Arabic labels."""
    return run(read_address(query_string), language="ar")


def read_address(query_string: str) -> SearchRequest:
    """The request of a query string, which must be its canonical one."""
    form = SearchForm(QueryDict(query_string))
    assert form.is_valid(), form.errors
    assert form.search_request.query_string() == query_string
    return form.search_request
