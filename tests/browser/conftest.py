"""Pages in a real Chromium, served by a live server over a small archive."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from archive.dates import PartialDate
from archive.models import Actor, Article, ArticleAuthor, Source, Topic
from search.indexing.rebuild import rebuild

PHONE, DESKTOP = 320, 1280
WIDTHS = (PHONE, 360, 768, DESKTOP)
HEIGHT = 900

# Long enough to wrap on any screen, without a place to break in.
LONG_WORD = "المستنصرية" * 6


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of a server with thirty articles on rivers; the newest is long."""
    cache.clear()
    source = Source.objects.create(slug="al-muqtabas", name_ar="المقتبس")
    actors = [
        Actor.objects.create(slug=f"actor-{number}", name_ar=f"الجهة {number}")
        for number in range(12)
    ]
    topic = Topic.objects.create(slug="rivers", name_ar="الأنهار")
    for number in range(30):
        article = Article(
            title=f"دجلة في سنة {1900 + number}",
            body="يَنْبُعُ نَهْرُ دِجْلَةَ في الجبال.\n\n" * 12,
            source=source,
        )
        article.published = PartialDate(1900 + number, 2, 3)
        article.save()
        article.actors.set(actors[number % 6 :])
        article.topics.add(topic)
    article.title = f"دجلة و{LONG_WORD}"
    article.url = f"https://example.org/{'a' * 90}"
    article.save()
    ArticleAuthor.objects.create(article=article, name="محمد كرد علي")
    rebuild()
    return str(live_server.url)


@pytest.fixture
def address_of_article(site: str) -> str:
    return f"{site}{Article.objects.latest('pk').get_absolute_url()}"


ContextMaker = Callable[..., BrowserContext]


@pytest.fixture
def make_context(chromium: Browser) -> Iterator[ContextMaker]:
    """A function that opens a window of its own, closed with the test."""
    opened: list[BrowserContext] = []

    def make(width: int = DESKTOP, **options: object) -> BrowserContext:
        viewport = {"width": width, "height": HEIGHT}
        context = chromium.new_context(viewport=viewport, **options)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(make_context: ContextMaker) -> Page:
    return make_context().new_page()
