"""The home page: search form, holdings and entry points."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.pages.conftest import Archive
from tests.pages.reading import find, texts


class TestHome:
    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("ar", "4 مقالات · مصدر واحد · 1911–1950"),
            ("en", "4 articles · 1 source · 1911–1950"),
        ],
    )
    def test_page_counts_the_holdings(
        self, client: Client, archive: Archive, language: str, sentence: str
    ) -> None:
        page = client.get(f"/{language}/")
        assert texts(page, "p", class_="hero-holdings") == [sentence]

    def test_page_links_to_actors_topics_and_years(
        self, client: Client, archive: Archive
    ) -> None:
        links = {link["href"] for link in find(client.get("/ar/"), "a")}
        assert archive.river.get_absolute_url() in links
        assert archive.rivers.get_absolute_url() in links
        assert "/ar/search/?from=1920&to=1929" in links

    def test_decades_without_articles_are_left_out(
        self, client: Client, archive: Archive
    ) -> None:
        links = {link["href"] for link in find(client.get("/ar/"), "a")}
        assert "/ar/search/?from=1950&to=1959" in links
        assert "/ar/search/?from=1930&to=1939" not in links

    def test_latest_additions_are_public_and_newest_first(
        self, client: Client, archive: Archive
    ) -> None:
        titles = texts(client.get("/ar/"), "h3", class_="entry-title")
        assert titles[:2] == [archive.english.title, archive.undated.title]
        assert archive.draft.title not in titles

    def test_examples_are_searches(self, client: Client, archive: Archive) -> None:
        examples = [
            link
            for link in find(client.get("/ar/"), "a")
            if "q" in parse_qs(urlsplit(link["href"]).query)
        ]
        assert len(examples) == 3
        for link in examples:
            assert parse_qs(urlsplit(link["href"]).query)["q"] == [link.text]
            assert client.get(link["href"]).status_code == 200

    def test_empty_archive_says_so(self, client: Client, db: None) -> None:
        page = client.get("/ar/")
        assert page.status_code == 200
        assert texts(page, "p", class_="hero-holdings") == [
            "ليس في الأرشيف مقالات بعد."
        ]

    def test_actors_of_hidden_articles_are_not_named(
        self, client: Client, archive: Archive
    ) -> None:
        archive.vocalised.actors.clear()
        archive.draft.actors.add(archive.river)
        links = {link["href"] for link in find(client.get("/ar/"), "a")}
        assert archive.river.get_absolute_url() not in links
