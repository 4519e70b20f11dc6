"""The home page: search form, holdings and entry points."""

import pytest
from django.test import Client
from django.utils.timezone import localdate

from archive.models import ArchiveDescription
from tests.pages.conftest import Archive, ArticleMaker
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
        assert "/ar/calendar/1923/" in links

    def test_gaps_between_decades_are_one_line(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/en/")
        assert texts(page, "li", class_="glance-gap") == ["Nothing from 1930 to 1949"]
        links = {link["href"] for link in find(page, "a")}
        assert "/en/calendar/1950/" in links
        assert "/en/calendar/1930/" not in links

    def test_latest_additions_are_public_and_newest_first(
        self, client: Client, archive: Archive
    ) -> None:
        titles = texts(client.get("/ar/"), "h3", class_="entry-title")
        # Those of this day stand before them.
        latest = titles[-4:]
        assert latest[:2] == [archive.english.title, archive.undated.title]
        assert archive.draft.title not in titles

    def test_every_example_finds_something(
        self, client: Client, archive: Archive
    ) -> None:
        links = find(client.get("/ar/"), "a")
        queries = {link["href"]: link.text for link in links if "?q=" in link["href"]}
        assert "«نهر دجلة»" in queries.values()
        for address in queries:
            assert texts(client.get(address), "h2", class_="entry-title") != []

    def test_archive_is_named_by_its_description(
        self, client: Client, archive: Archive
    ) -> None:
        about = "أسسته مكتبة المدينة.\n\nلا يضم الصور."
        ArchiveDescription(name_ar="أرشيف دجلة", about_ar=about).save()
        page = client.get("/ar/")
        assert texts(page, "h1") == ["أرشيف دجلة"]
        assert texts(page, "p", class_="hero-about") == ["أسسته مكتبة المدينة."]
        # What is not translated is shown as it is, and said to be Arabic.
        page = client.get("/en/actors/")
        [line] = find(page, "span", class_="wordmark-line")
        assert line.text == "أرشيف دجلة"

    def test_this_day_shows_articles_of_the_day_in_any_year(
        self, client: Client, archive: Archive, make_article: ArticleMaker
    ) -> None:
        today = localdate()
        article = make_article("خبر اليوم", f"1904-{today:%m-%d}")
        assert article.title in texts(client.get("/ar/"), "h3", class_="entry-title")
        links = {link["href"] for link in find(client.get("/ar/"), "a")}
        assert f"/ar/calendar/1904/{today.month}/{today.day}/" in links

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
