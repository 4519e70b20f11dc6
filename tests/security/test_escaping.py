"""Whatever stands in the archive or in an address is shown and never run.

A page with such texts must hold no element and no attribute that the same page does
not hold with harmless ones.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from archive.dates import PartialDate
from archive.models import Actor, Article, ArticleAuthor, Source, Topic
from search.indexing.rebuild import rebuild
from tests.security.attacks import BAD_ADDRESSES, PAYLOADS, SAFE_SCHEMES, dissect

pytestmark = pytest.mark.slow

HARMLESS: Final = "بغداد <و> \"النهر\" & 'الجسر'"
WORD: Final = "دجلة"

# Where a reader's text goes; each is asked for with every payload.
ASKED: Final = (
    "/ar/search/?q={}",
    "/en/search/?q={}",
    "/ar/search/?q=%22{}",
    "/ar/search/?q=title%3A{}",
    "/ar/search/?q={}~",
    "/ar/search/?source={}",
    "/ar/search/?actor={}&topic={}",
    "/ar/search/?from={}&to={}",
    "/ar/search/?sort={}&level={}&page={}",
    "/ar/search/facets/actor/?contains={}",
    "/ar/search/facets/{}/",
    "/ar/search/export/csv/?from={}",
    "/ar/search/export/{}/",
    "/ar/actors/?q={}&filter={}&name={}",
    "/ar/actors/{}/",
    "/ar/sources/?q={}",
    "/ar/topics/?q={}",
    "/ar/{}/",
    "/ar/login/?next={}",
    "/ar/admin/login/?next={}",
)
SHOWN: Final = (
    "/ar/",
    "/en/",
    f"/ar/search/?q={quote(WORD)}",
    f"/en/search/?q={quote(WORD)}",
    "/ar/search/?source=s0&actor=a0&topic=t0",
    "/ar/search/facets/actor/",
    "/en/search/facets/source/",
    "/ar/actors/",
    "/ar/topics/",
    "/ar/sources/",
    "/ar/calendar/1923/2/3/",
)
OWN_PAGES: Final = (
    "/ar/articles/{article}/",
    f"/en/articles/{{article}}/?q={quote(WORD)}",
    "/ar/actors/a{number}/",
    "/en/actors/a{number}/",
    "/ar/topics/t{number}/",
    "/en/sources/s{number}/",
    "/ar/search/?source=s{number}&actor=a{number}&topic=t{number}",
)
EDITED: Final = (
    "/ar/admin/",
    "/ar/admin/archive/article/",
    "/ar/admin/archive/actor/",
    "/ar/admin/archive/source/",
    "/ar/admin/archive/topic/",
)
OWN_FORMS: Final = (
    "/ar/admin/archive/article/{article}/change/",
    "/en/admin/archive/article/{article}/history/",
    "/ar/admin/archive/article/{article}/delete/",
    "/ar/admin/archive/actor/{actor}/change/",
)


def _fill(*texts: str) -> list[Article]:
    """An article for each of *texts*, which has it wherever there is room for it.

    So have a source, an actor and a topic of its own.
    """
    cache.clear()
    articles = [_fill_one(number, text) for number, text in enumerate(texts)]
    rebuild()
    return articles


def _fill_one(number: int, text: str) -> Article:
    source = Source.objects.create(
        slug=f"s{number}", name_ar=f"{text} س", name_latin=text, place=text
    )
    article = Article(
        title=f"{WORD} {text}",
        subtitle=text,
        body=f"{text}\n\n{WORD} {text} {WORD}",
        byline=text,
        source=source,
        published_as_printed=text,
        external_id=text,
        acquired_from=text,
        url="https://example.org/" + quote(text),
        language="ar",
    )
    article.published = PartialDate(1923, 2, 3)
    article.save()
    actor = Actor.objects.create(
        slug=f"a{number}", name_ar=f"{text} ج", name_latin=text, description=text
    )
    actor.aliases.create(name=text)
    article.actors.add(actor)
    topic = Topic.objects.create(slug=f"t{number}", name_ar=text, name_latin=text)
    article.topics.add(topic)
    ArticleAuthor.objects.create(article=article, name=text, actor=actor)
    return article


def _pages(articles: list[Article]) -> tuple[str, ...]:
    """Every kind of page that shows something of the articles."""
    own = [
        address.format(number=number, article=article.pk)
        for number, article in enumerate(articles)
        for address in OWN_PAGES
    ]
    return (*SHOWN, *own)


def _empty() -> None:
    Article.objects.all().delete()
    for model in (Actor, Source, Topic):
        model.objects.all().delete()


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    # An export of few articles is a file, which no browser shows as a page.
    is_page = response.headers["Content-Type"].startswith("text/html")
    return response.getvalue().decode() if is_page else ""


def _check(page: str, allowed: set[tuple[str, str]], host: str = "testserver") -> None:
    found = dissect(page)
    assert found.parts - allowed == set()
    assert found.schemes <= SAFE_SCHEMES
    assert found.hosts <= {"", host, "example.org", "purl.org"}
    assert "14${7*7}" not in page


@pytest.fixture
def parts(
    no_index: object, db: None
) -> Callable[[Client, tuple[str, ...]], set[tuple[str, str]]]:
    def parts(client: Client, addresses: tuple[str, ...]) -> set[tuple[str, str]]:
        """What the pages at the addresses hold between them."""
        pages = (_read(client, address) for address in addresses)
        return set().union(*(dissect(page).parts for page in pages))

    return parts


class TestShown:
    def test_what_the_archive_holds_is_text(self, client: Client, parts) -> None:
        allowed = parts(client, _pages(_fill(*[HARMLESS] * len(PAYLOADS))))
        _empty()
        for address in _pages(_fill(*PAYLOADS)):
            _check(_read(client, address), allowed)

    def test_so_it_is_at_the_editors_desk(self, admin_client: Client, parts) -> None:
        def addresses(articles: list[Article]) -> tuple[str, ...]:
            own = [
                address.format(article=article.pk, actor=article.actors.get().pk)
                for article in articles
                for address in OWN_FORMS
            ]
            return (*EDITED, *own)

        some = PAYLOADS[:6]
        allowed = parts(admin_client, addresses(_fill(*[HARMLESS] * len(some))))
        _empty()
        for address in addresses(_fill(*some)):
            _check(_read(admin_client, address), allowed)

    def test_no_link_runs_or_opens_a_file(
        self, client: Client, no_index: object, db: None
    ) -> None:
        articles = _fill(*[HARMLESS] * len(BAD_ADDRESSES))
        for article, address in zip(articles, BAD_ADDRESSES, strict=True):
            Article.objects.filter(pk=article.pk).update(url=address)
            Source.objects.filter(pk=article.source_id).update(home_page=address)
        for page in _pages(articles):
            assert dissect(_read(client, page)).schemes <= SAFE_SCHEMES


class TestAsked:
    @pytest.mark.parametrize("address", ASKED)
    def test_what_is_asked_for_is_text(
        self, client: Client, parts, address: str
    ) -> None:
        _fill(HARMLESS)
        # A mistake, a search without hits and one with some have different pages.
        plain = ("غير موجود", HARMLESS, WORD, '"', "x:y", "(", "2020")
        harmless = (address.replace("{}", quote(text, safe="")) for text in plain)
        also = (
            "/ar/search/?q=%22",
            f"/ar/search/?q={quote('غير موجود')}",
            "/en/search/?q=x:y",
            "/ar/search/?from=x&to=y",
            "/ar/search/?from=2020&to=2021&actor=a0&source=unknown",
        )
        allowed = parts(client, (*harmless, *also, *SHOWN))
        texts = (
            PAYLOADS
            if "?q=" in address
            else [" ".join(PAYLOADS[n::3]) for n in range(3)]
        )
        for text in texts:
            _check(_read(client, address.replace("{}", quote(text, safe=""))), allowed)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestBrowser:
    def test_nothing_runs_and_nothing_tries_to(
        self, live_server: LiveServer, chromium: Browser, no_index: object
    ) -> None:
        """Not even the policy has anything to stop."""
        articles = _fill(*PAYLOADS)
        page = chromium.new_page()
        happened: list[str] = []
        page.on(
            "dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss())
        )
        page.on(
            "console",
            lambda said: (
                happened.append(said.text)
                if "Content Security Policy" in said.text
                else None
            ),
        )
        page.on("pageerror", lambda error: happened.append(str(error)))
        asked = (f"/ar/search/?q={quote(payload)}" for payload in PAYLOADS)
        for address in (*_pages(articles), *asked):
            page.goto(live_server.url + address)
            page.mouse.move(200, 200)
            assert page.url.startswith(live_server.url)
        page.close()
        assert happened == []
