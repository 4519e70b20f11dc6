"""Related articles, and the query written from an article, on the real index."""

from pathlib import Path

import pytest
from django.http import QueryDict

from archive.models import Actor, Article
from search.forms import SearchForm
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.related import choose_words, find_related
from search.searcher import iter_ids
from tests.search.library import Library
from tests.search.text_archive import ArticleText, write_archive

_COMMON = "قال الوزير في المؤتمر إن الحكومة ستواصل العمل"
_ABOUT_DATES = "زراعة النخيل والتمور في البصرة وأسعار التمور"


@pytest.fixture
def articles(db: None, no_index: Path) -> list[int]:
    pieces = [
        ArticleText(f"{_COMMON} {_ABOUT_DATES}", published="1923-02-01"),
        ArticleText(f"{_COMMON} زراعة التمور في البصرة", published="1955-02-01"),
        ArticleText(f"{_COMMON} زراعة التمور في البصرة.", published="1923-02-03"),
        *(ArticleText(f"{_COMMON} خبر {number}") for number in range(40)),
    ]
    return write_archive(pieces)


def _related(pk: int) -> tuple[int, ...]:
    article = Article.objects.get(pk=pk)
    return find_related(article, article.body, ()).article_ids


def test_articles_that_share_rare_words_come_first_and_sooner_those_of_its_time(
    articles: list[int],
) -> None:
    assert _related(articles[0])[:2] == (articles[2], articles[1])


def test_common_words_tell_nothing(articles: list[int]) -> None:
    words = choose_words(f"{_COMMON} {_ABOUT_DATES}")
    assert "التمور" in words
    assert not set(words) & set(_COMMON.split())


def test_article_of_common_words_alone_has_none(articles: list[int]) -> None:
    article = Article(pk=0, body=_COMMON, content_hash="x")
    assert find_related(article, article.body, ()).article_ids == ()


def test_written_query_finds_its_article_and_as_many_as_it_says(
    library: Library,
) -> None:
    written = 0
    for article in Article.objects.published().prefetch_related("actors"):
        names = [actor.name_ar for actor in article.actors.all()]
        found = find_related(article, article.body, names)
        if found.total:
            form = SearchForm(QueryDict(found.query_string))
            assert form.is_valid()
            ids = list(iter_ids(form.search_request))
            assert article.pk in ids
            assert len(ids) == found.total
            written += 1
    assert written


def test_actors_of_the_record_are_asked_for(articles: list[int]) -> None:
    actor = Actor.objects.create(slug="x", name_ar="طه حسين")
    for pk in articles[:3]:
        Article.objects.get(pk=pk).actors.add(actor)
    enqueue(articles[:3])
    drain()
    article = Article.objects.get(pk=articles[0])
    found = find_related(article, article.body, ["طه حسين"])
    assert found.text.startswith("actor:") or "طه حسين" in found.text
    assert found.total == len(articles[:3])
