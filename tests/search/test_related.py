"""Related articles, on the real index."""

from pathlib import Path

import pytest

from archive.models import Actor, Article
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.related import choose_words, find_related
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
    return find_related(article, article.body, ())


@pytest.mark.both_engines
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
    assert find_related(article, article.body, ()) == ()


def test_articles_that_share_an_actor_are_related(articles: list[int]) -> None:
    actor = Actor.objects.create(slug="x", name_ar="طه حسين")
    article, other = Article.objects.get(pk=articles[5]), articles[20]
    for pk in (article.pk, other):
        Article.objects.get(pk=pk).actors.add(actor)
    enqueue([article.pk, other])
    drain()
    assert other not in _related(article.pk)
    assert find_related(article, article.body, ["طه حسين"])[0] == other
