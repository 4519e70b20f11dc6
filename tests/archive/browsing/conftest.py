"""Fixtures of the browse pages: articles are made one by one in each test."""

from collections.abc import Callable, Iterable

import pytest
from django.core.cache import cache

from archive.dates import PartialDate
from archive.models import Actor, Article, Source, Topic

ArticleMaker = Callable[..., Article]

LANGUAGES = ("ar", "en")


@pytest.fixture(autouse=True)
def _forget_counts() -> None:
    """Clear the cached holdings, which would outlast the test."""
    cache.clear()


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(
        name_ar="المقتبس", name_latin="al-Muqtabas", place="دمشق", kind="magazine"
    )


@pytest.fixture
def make_article(source: Source) -> ArticleMaker:
    """A function that makes an article, published by default."""

    def make(
        title: str = "خبر من المدينة",
        published: str = "",
        *,
        actors: Iterable[Actor] = (),
        topics: Iterable[Topic] = (),
        status: str = "published",
        body: str = "",
        subtitle: str = "",
        of: Source | None = None,
    ) -> Article:
        article = Article(
            title=title,
            subtitle=subtitle,
            body=body,
            source=of or source,
            status=status,
        )
        article.published = PartialDate.from_iso(published) if published else None
        article.save()
        article.actors.set(actors)
        article.topics.set(topics)
        return article

    return make
