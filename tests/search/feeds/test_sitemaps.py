"""Sitemaps: every public page in every language, and no other."""

import re

import pytest
from django.test import Client

from archive.models import Actor, Article, Status
from search.feeds import sitemaps
from tests.search.library import Library


def _locations(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return re.findall(r"<loc>(.*?)</loc>", response.getvalue().decode())


def _all(client: Client) -> list[str]:
    parts = _locations(client, "/sitemap.xml")
    return [
        address
        for part in parts
        for address in _locations(client, part.removeprefix("http://testserver"))
    ]


class TestSitemaps:
    def test_each_public_article_is_there_in_each_language(
        self, client: Client, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sitemaps, "NUMBERS_A_PART", 7)
        found = [address for address in _all(client) if "/articles/" in address]
        public = Article.objects.filter(status=Status.PUBLISHED)
        assert sorted(found) == sorted(
            f"http://testserver/{language}/articles/{pk}/"
            for pk in public.values_list("pk", flat=True)
            for language in ("ar", "en")
        )

    def test_names_without_public_articles_are_absent(
        self, client: Client, library: Library
    ) -> None:
        Actor.objects.create(slug="unseen", name_ar="جهة بلا مقالات")
        found = _all(client)
        assert "http://testserver/ar/actors/baghdad/" in found
        assert "http://testserver/en/topics/iraq/" in found
        assert "http://testserver/ar/sources/review/" in found
        assert not [address for address in found if "unseen" in address]

    def test_each_page_answers(self, client: Client, library: Library) -> None:
        for address in _all(client)[::9]:
            path = address.removeprefix("http://testserver")
            assert client.get(path).status_code == 200

    def test_page_names_its_other_language(
        self, client: Client, library: Library
    ) -> None:
        text = client.get("/sitemap-pages.xml").getvalue().decode()
        assert (
            '<loc>http://testserver/ar/actors/</loc><xhtml:link rel="alternate"'
            ' hreflang="ar" href="http://testserver/ar/actors/"/><xhtml:link'
            ' rel="alternate" hreflang="en" href="http://testserver/en/actors/"/>'
        ) in text

    def test_article_says_when_it_changed(
        self, client: Client, library: Library
    ) -> None:
        changed = Article.objects.get(pk=library["tatweel"].pk).updated_at
        text = client.get("/sitemap-1.xml").getvalue().decode()
        assert f"<lastmod>{changed.isoformat()}</lastmod>" in text

    @pytest.mark.parametrize("name", ["0", "nothing", "9" * 30, "-1"])
    def test_unknown_part_is_404(self, client: Client, db: None, name: str) -> None:
        assert client.get(f"/sitemap-{name}.xml").status_code == 404


class TestDescription:
    @pytest.mark.parametrize(("language", "name"), [("ar", "سجلّ"), ("en", "Sijill")])
    def test_browsers_are_told_how_to_search(
        self, client: Client, db: None, language: str, name: str
    ) -> None:
        response = client.get(f"/{language}/opensearch.xml")
        text = response.content.decode()
        assert response.headers["Content-Type"].startswith(
            "application/opensearchdescription+xml"
        )
        assert text.startswith("<?xml")
        assert 'xmlns="http://a9.com/-/spec/opensearch/1.1/"' in text
        assert f"<ShortName>{name}</ShortName>" in text
        assert (
            f'template="http://testserver/{language}/search/?q={{searchTerms}}"' in text
        )

    def test_each_page_names_it(self, client: Client, db: None) -> None:
        page = client.get("/ar/topics/").content.decode()
        assert 'type="application/opensearchdescription+xml"' in page
