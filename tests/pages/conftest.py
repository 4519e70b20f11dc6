"""A small archive with a real index; each article is there for a stated reason."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.core.cache import cache

from archive.dates import PartialDate
from archive.models import Actor, Article, ArticleAuthor, Source, Status, Topic
from search.indexing.rebuild import rebuild
from tests import shared_rows
from tests.search.conftest import index_under

ArticleMaker = Callable[..., Article]


@dataclass(frozen=True)
class Archive:
    """The rows that tests name; everything else of the archive is in the database."""

    vocalised: Article
    undated: Article
    english: Article
    draft: Article
    withdrawn: Article
    river: Actor
    newspaper: Source
    rivers: Topic


@pytest.fixture(autouse=True)
def _forget_holdings() -> None:
    """The numbers in the footer are remembered for a minute, across tests too."""
    cache.clear()


@shared_rows.layer("newspaper")
def _write_newspaper(request: pytest.FixtureRequest) -> Source:
    return Source.objects.create(
        slug="al-muqtabas", name_ar="المقتبس", name_latin="al-Muqtabas", place="دمشق"
    )


@pytest.fixture
def newspaper(request: pytest.FixtureRequest, db: None) -> Source:
    source: Source = shared_rows.take("newspaper", request)
    return source


def _write_article(title: str, published: str = "", **fields: object) -> Article:
    article = Article(title=title, **fields)
    article.published = PartialDate.from_iso(published) if published else None
    article.save()
    return article


@pytest.fixture
def make_article(newspaper: Source) -> ArticleMaker:
    """A function that makes a published article; ``rebuild`` puts it in the index."""

    def make(title: str, published: str = "", **fields: object) -> Article:
        return _write_article(title, published, **{"source": newspaper, **fields})

    return make


@pytest.fixture(scope="session")
def built_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory for the index of the archive, built with its rows."""
    return tmp_path_factory.mktemp("archive")


@shared_rows.layer("archive_rows", on="newspaper")
def _write_archive(request: pytest.FixtureRequest, newspaper: Source) -> Archive:
    write = partial(_write_article, source=newspaper)
    river = Actor.objects.create(slug="tigris", name_ar="نهر دجلة", name_latin="Tigris")
    rivers = Topic.objects.create(slug="rivers", name_ar="الأنهار", name_latin="Rivers")
    # Vowel marks must survive in titles and snippets; the date is known to the day.
    vocalised = write(
        "دِجْلَةُ مِنَ المَنْبَعِ إِلى المَصَبّ",
        "1923-02-03",
        subtitle="صفحة من الجغرافيا",
        body="يَنْبُعُ نَهْرُ دِجْلَةَ في الجِبال.\n\nوتصب في دجلة روافد <كثيرة>.",
        byline="بقلم محمد كرد علي",
        published_as_printed="٣ شباط ١٩٢٣",
        url="https://example.org/tigris",
        acquired_from="مكتبة المدينة",
    )
    vocalised.actors.add(river)
    vocalised.topics.add(rivers)
    ArticleAuthor.objects.create(article=vocalised, name="محمد كرد علي")
    # Known to the year only, and to nothing at all.
    write("الفرات ودجلة", "1911", body="نهران في العراق.")
    undated = write("مكتبات بغداد", body="خزائن الكتب على دجلة.")
    # Another direction than the page's.
    english = write("On the press", "1950-07", body="Notes.", language="en")
    draft = write("مسودة عن دجلة", status=Status.DRAFT)
    withdrawn = write("مسحوب عن دجلة", status=Status.WITHDRAWN)
    with index_under(request.getfixturevalue("built_archive")):
        rebuild()
    return Archive(
        vocalised, undated, english, draft, withdrawn, river, newspaper, rivers
    )


@pytest.fixture
def archive_rows(request: pytest.FixtureRequest, db: None) -> Archive:
    archive: Archive = shared_rows.take("archive_rows", request)
    return archive


@pytest.fixture
def archive(
    archive_rows: Archive, built_archive: Path, tmp_path: Path
) -> Iterator[Archive]:
    """The archive, and a copy of its index to search and to change."""
    data_dir = tmp_path / "site"
    shutil.copytree(built_archive, data_dir)
    with index_under(data_dir):
        yield archive_rows
