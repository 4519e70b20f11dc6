"""The frame of every page: language, direction, masthead, footer."""

from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings

from tests.pages.conftest import Archive
from tests.pages.reading import find, read, texts

ADDRESSES = ("/ar/", "/ar/search/", "/ar/search/help/", "/ar/nowhere/")


class TestFrame:
    @pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
    def test_page_has_language_and_direction(
        self, client: Client, archive: Archive, language: str, direction: str
    ) -> None:
        page = client.get(f"/{language}/search/")
        assert find(page, "html", lang=language, dir=direction)

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_page_has_no_inline_style_or_script(
        self, client: Client, archive: Archive, address: str
    ) -> None:
        elements = read(client.get(address))
        assert [e for e in elements if e.tag == "style"] == []
        scripts = [e for e in elements if e.tag == "script"]
        assert [e for e in scripts if not e["src"].startswith("/static/")] == []
        assert [e.text for e in scripts if e.text] == []
        assert [e for e in elements if "style" in e.attributes] == []
        assert [
            e for e in elements if any(a.startswith("on") for a in e.attributes)
        ] == []

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_every_page_has_a_search_form(
        self, client: Client, archive: Archive, address: str
    ) -> None:
        page = client.get(address)
        assert len(find(page, "input", type="search", name="q")) == 1

    @pytest.mark.parametrize(
        ("address", "section"),
        [
            ("/ar/search/", "البحث"),
            ("/ar/actors/", "الأعلام"),
            ("/ar/calendar/", "التقويم"),
        ],
    )
    def test_section_of_the_page_is_current(
        self, client: Client, archive: Archive, address: str, section: str
    ) -> None:
        page = client.get(address)
        assert texts(page, "a", aria_current="page") == [section]

    def test_section_above_the_page_is_current(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(archive.river.get_absolute_url())
        assert "الأعلام" in texts(page, "a", aria_current="true")

    def test_both_languages_are_alternates(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/en/search/", {"q": "دجلة"})
        links = [
            each
            for each in find(page, "link", rel="alternate")
            if "hreflang" in each.attributes
        ]
        paths = {link["hreflang"]: urlsplit(link["href"]).path for link in links}
        assert paths == {"ar": "/ar/search/", "en": "/en/search/"}

    def test_first_link_skips_to_the_content(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/ar/search/")
        assert find(page, "a")[0]["href"] == "#main"
        assert find(page, "main", id="main", tabindex="-1")

    @override_settings(CONTACT="archive@example.org", SITE_NAME_AR="ذاكرة المدينة")
    def test_site_name_is_a_setting(self, client: Client, archive: Archive) -> None:
        page = client.get("/ar/search/")
        assert "ذاكرة المدينة" in texts(page, "a", rel="home")[0]
        assert find(page, "a", href="mailto:archive@example.org")

    @override_settings(DIGITS="arabic", MONTH_NAMES="levantine")
    def test_digits_and_months_follow_the_settings(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/ar/search/", {"q": "منبع"})
        assert texts(page, "time", datetime="1923-02-03") == ["٣ شباط ١٩٢٣"]

    @pytest.mark.parametrize(
        ("contact", "address"),
        [
            ("desk@example.org", "mailto:desk@example.org"),
            ("https://example.org/us", "https://example.org/us"),
        ],
    )
    def test_contact_is_linked_as_mail_or_page(
        self, client: Client, archive: Archive, contact: str, address: str
    ) -> None:
        with override_settings(CONTACT=contact):
            page = client.get("/ar/")
        assert find(page, "a", href=address)
