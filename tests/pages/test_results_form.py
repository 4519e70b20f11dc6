"""The address and form of a page of results, and one where nothing is found."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from search.forms import SearchForm
from tests.pages.conftest import Archive
from tests.pages.reading import find, read, texts

ADDRESS = "/ar/search/"


class TestAddress:
    @pytest.mark.parametrize(
        ("given", "canonical"),
        [
            ("q=", ""),
            ("q=نهر&from=&to=", "q=نهر"),
            ("q=نهر&page=1&sort=relevance", "q=نهر"),
            ("q=نهر&page=abc", "q=نهر"),
            ("q=نهر&sort=wrong", "q=نهر"),
            ("q=نهر&q.dir=rtl", "q=نهر"),
            ("sort=newest&q=نهر", "q=نهر&sort=newest"),
            ("q=نهر&from= شباط 1923 ", "q=نهر&from=شباط 1923"),
            ("q=نهر&from=1923&as_of=1950-01-01", "q=نهر&from=1923"),
            ("q=نهر&source=a&actor=b&actor=b", "q=نهر&actor=b&source=a"),
        ],
    )
    def test_search_redirects_to_its_canonical_url(
        self, client: Client, archive: Archive, given: str, canonical: str
    ) -> None:
        answer = client.get(f"{ADDRESS}?{given}")
        assert answer.status_code == 302
        assert parse_qs(urlsplit(answer["Location"]).query) == parse_qs(canonical)
        assert client.get(answer["Location"]).status_code in {200, 404}

    def test_page_names_its_canonical_url(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        (link,) = find(page, "link", rel="canonical")
        assert parse_qs(urlsplit(link["href"]).query) == {"q": ["دجلة"]}
        assert find(page, "meta", name="robots", content="noindex,follow")

    def test_list_of_all_articles_may_be_indexed(
        self, client: Client, archive: Archive
    ) -> None:
        assert find(client.get(ADDRESS), "meta", name="robots") == []

    def test_language_switch_keeps_the_search(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "actor": "tigris"})
        (link,) = find(page, "a", class_="language")
        address = urlsplit(link["href"])
        assert address.path == "/en/search/"
        assert parse_qs(address.query) == {"q": ["دجلة"], "actor": ["tigris"]}

    def test_post_is_not_allowed(self, client: Client, archive: Archive) -> None:
        assert client.post(ADDRESS).status_code == 405


class TestNothingFound:
    def test_page_without_hits_offers_other_searches(
        self, client: Client, archive: Archive
    ) -> None:
        address = {"q": "«دجلة الكبير» سريع", "actor": "tigris", "from": "1999"}
        page = client.get(ADDRESS, address)
        assert page.status_code == 200
        assert texts(page, "p", id="count") == ["لم يُعثر على أي مقال"]
        heading = texts(page, "h2")[0]
        assert heading == "لا شيء في الأرشيف يطابق ««دجلة الكبير» سريع» بهذه الشروط."
        links = texts(page, "a")
        assert "عن الكلمات نفسها دون علامات التنصيص" in links
        assert "دون أي مرشّح" in links

    def test_search_without_hits_in_a_year_says_what_is_held(
        self, client: Client, archive: Archive
    ) -> None:
        def sentences(year: str) -> str:
            page = client.get(ADDRESS, {"q": "زخزخة", "from": year, "to": year})
            return " ".join(texts(page, "p"))

        assert "في الأرشيف مقال واحد من هذه المدة." in sentences("1923")
        assert "ليس في الأرشيف شيء من هذه المدة" in sentences("1999")
        assert "من هذه المدة" not in " ".join(texts(client.get(ADDRESS), "p"))

    def test_search_offered_by_a_condition_is_offered_once(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "from": "1999"})
        hrefs = [link["href"] for link in find(page, "a") if link.text != "إزالة"]
        without_dates = [
            href
            for href in hrefs
            if parse_qs(urlsplit(href).query) == {"q": ["دجلة"]}
            and urlsplit(href).path == ADDRESS
        ]
        # The chip, and the condition.
        assert len(without_dates) == len(["chip", "condition"])

    def test_query_is_isolated_from_the_sentence(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/en/search/", {"q": "<قطار>"})
        assert "<bdi>&lt;قطار&gt;</bdi>" in page.content.decode()


class TestForm:
    def test_input_takes_its_direction_from_the_text(
        self, client: Client, archive: Archive
    ) -> None:
        (field,) = find(client.get(ADDRESS), "input", id="q")
        assert field["dir"] == "auto"
        assert field["dirname"] == "q.dir"

    def test_every_field_has_a_label(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        labelled = {label.attributes.get("for") for label in find(page, "label")}
        fields = [
            field
            for field in find(page, "input")
            if field["type"] not in {"hidden", "checkbox", "radio"}
        ]
        assert {field["id"] for field in fields} <= labelled

    def test_page_has_one_first_level_heading(
        self, client: Client, archive: Archive
    ) -> None:
        assert len(find(client.get(ADDRESS), "h1")) == 1

    def test_ids_are_unique(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        ids = [element["id"] for element in read(page) if "id" in element.attributes]
        assert len(ids) == len(set(ids))


class TestSearchForm:
    def test_hijri_month_becomes_its_days(self) -> None:
        form = SearchForm({"from": "رمضان 1345 هـ", "to": "رمضان 1345 هـ"})
        assert form.is_valid()
        request = form.search_request
        assert (request.date_from, request.date_to) == ("1927-03-04", "1927-04-02")
