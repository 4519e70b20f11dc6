"""A small archive with a real index; each article is there for a stated reason."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from archive.dates import PartialDate
from archive.models import Actor, Article, ArticleAuthor, Source, Status, Topic
from search.indexing.rebuild import rebuild

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


@pytest.fixture
def newspaper(db: None) -> Source:
    return Source.objects.create(
        slug="al-muqtabas", name_ar="المقتبس", name_latin="al-Muqtabas", place="دمشق"
    )


@pytest.fixture
def make_article(newspaper: Source) -> ArticleMaker:
    """A function that makes a published article; ``rebuild`` puts it in the index."""

    def make(title: str, published: str = "", **fields: object) -> Article:
        article = Article(title=title, **{"source": newspaper, **fields})
        article.published = PartialDate.from_iso(published) if published else None
        article.save()
        return article

    return make


@pytest.fixture
def archive(newspaper: Source, make_article: ArticleMaker) -> Archive:
    river = Actor.objects.create(slug="tigris", name_ar="نهر دجلة", name_latin="Tigris")
    rivers = Topic.objects.create(slug="rivers", name_ar="الأنهار", name_latin="Rivers")
    # Vowel marks must survive in titles and snippets; the date is known to the day.
    vocalised = make_article(
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
    make_article("الفرات ودجلة", "1911", body="نهران في العراق.")
    undated = make_article("مكتبات بغداد", body="خزائن الكتب على دجلة.")
    # Another direction than the page's.
    english = make_article("On the press", "1950-07", body="Notes.", language="en")
    draft = make_article("مسودة عن دجلة", status=Status.DRAFT)
    withdrawn = make_article("مسحوب عن دجلة", status=Status.WITHDRAWN)
    rebuild()
    return Archive(
        vocalised, undated, english, draft, withdrawn, river, newspaper, rivers
    )
