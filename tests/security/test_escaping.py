"""Stored texts and parameters are escaped on every page.

A page with such texts must hold no element and no attribute that the same page does
not hold with harmless ones.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from django.test import Client
from playwright.sync_api import Browser

from archive.models import Actor, Article, Source, Topic
from tests.installed import Installed
from tests.security.attacks import BAD_ADDRESSES, PAYLOADS, SAFE_SCHEMES, dissect
from tests.security.filled import SHOWN, WORD, fill, list_pages

pytestmark = pytest.mark.slow

# Where pages lead: to themselves, to the examples, to what a license is.
_HOSTS: Final = frozenset({"", "testserver", "example.org", "purl.org", "www.gnu.org"})

HARMLESS: Final = "بغداد <و> \"النهر\" & 'الجسر'"

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


def _empty() -> None:
    Article.objects.all().delete()
    for model in (Actor, Source, Topic):
        model.objects.all().delete()


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    # An export of few articles is a file, which no browser shows as a page.
    is_page = response.headers["Content-Type"].startswith("text/html")
    return response.getvalue().decode() if is_page else ""


def _check(client: Client, address: str, allowed: set[tuple[str, str]]) -> None:
    page = _read(client, address)
    found = dissect(page)
    assert found.parts - allowed == set(), address
    assert found.schemes <= SAFE_SCHEMES, address
    assert found.hosts <= _HOSTS, address
    assert "14${7*7}" not in page, address


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
    def test_stored_texts_are_escaped_on_every_page(
        self, client: Client, parts
    ) -> None:
        # As many as below, for the pages of lists; one's own pages are as the other's.
        harmless = fill(*[HARMLESS] * len(PAYLOADS))
        allowed = parts(client, list_pages(harmless[:2]))
        _empty()
        for address in list_pages(fill(*PAYLOADS)):
            _check(client, address, allowed)

    def test_stored_texts_are_escaped_in_the_admin(
        self, admin_client: Client, parts
    ) -> None:
        def addresses(articles: list[Article]) -> tuple[str, ...]:
            own = [
                address.format(article=article.pk, actor=article.actors.get().pk)
                for article in articles
                for address in OWN_FORMS
            ]
            return (*EDITED, *own)

        some = PAYLOADS[:6]
        allowed = parts(admin_client, addresses(fill(*[HARMLESS] * len(some))[:2]))
        _empty()
        for address in addresses(fill(*some)):
            _check(admin_client, address, allowed)

    def test_links_have_safe_schemes_only(
        self, client: Client, no_index: object, db: None
    ) -> None:
        articles = fill(*[HARMLESS] * len(BAD_ADDRESSES))
        for article, address in zip(articles, BAD_ADDRESSES, strict=True):
            Article.objects.filter(pk=article.pk).update(url=address)
            Source.objects.filter(pk=article.source_id).update(home_page=address)
        for page in list_pages(articles):
            assert dissect(_read(client, page)).schemes <= SAFE_SCHEMES


class TestAsked:
    def test_parameters_and_paths_are_escaped(
        self, client: Client, parts: Callable[..., set[tuple[str, str]]]
    ) -> None:
        fill(HARMLESS)
        also = (
            "/ar/search/?q=%22",
            f"/ar/search/?q={quote('غير موجود')}",
            "/en/search/?q=x:y",
            "/ar/search/?from=x&to=y",
            "/ar/search/?from=2020&to=2021&actor=a0&source=unknown",
        )
        pages = parts(client, (*also, *SHOWN))
        # A mistake, a search without hits and one with some have different pages.
        plain = ("غير موجود", HARMLESS, WORD, '"', "x:y", "(", "2020")
        for address in ASKED:
            harmless = (address.replace("{}", quote(text, safe="")) for text in plain)
            allowed = pages | parts(client, tuple(harmless))
            texts = (
                PAYLOADS
                if "?q=" in address
                else [" ".join(PAYLOADS[n::3]) for n in range(3)]
            )
            for text in texts:
                asked = address.replace("{}", quote(text, safe=""))
                _check(client, asked, allowed)


# Several in each text, for a page takes a tenth of a second; one by one above.
_TOGETHER: Final = tuple(" ".join(PAYLOADS[first::5]) for first in range(5))
_FILL: Final = """
from tests.security.filled import fill, list_pages
print(json.dumps(list_pages(fill(*json.loads(sys.argv[1])))))
"""


@pytest.mark.browser
class TestBrowser:
    def test_no_script_runs_and_the_policy_blocks_none(
        self, set_up: Installed, chromium: Browser, tmp_path: Path
    ) -> None:
        """Escaping suffices: the Content-Security-Policy has nothing to block."""
        shutil.copytree(set_up.data_dir, tmp_path / "data")
        installed = Installed(tmp_path / "data")
        pages = installed.run(_FILL, json.dumps(_TOGETHER))
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
        asked = (f"/ar/search/?q={quote(text)}" for text in _TOGETHER)
        with installed.serve(workers=1) as server:
            for address in (*pages, *asked):
                page.goto(server.address + address)
                page.mouse.move(200, 200)
                assert page.url.startswith(server.address)
        page.close()
        assert happened == []
