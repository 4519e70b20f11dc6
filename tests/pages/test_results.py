"""The results page of a search that can be read."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from django.utils.translation import override

from search.indexing.rebuild import rebuild
from search.request import SearchRequest
from search.results.facets.model import DateFacet
from search.results.model import SearchResults
from tests.pages.conftest import Archive, ArticleMaker
from tests.pages.reading import find, texts

ADDRESS = "/ar/search/"
# Of the database, for a page of results of any kind.
MOST_QUERIES = 12


def count_sentence(total: int, language: str) -> str:
    dates = DateFacet("year", (), 0, None)
    found = SearchResults(SearchRequest(text="نهر"), total, (), (), dates, ())
    with override(language):
        return " ".join(
            render_to_string("search/_count.html", {"found": found}).split()
        )


class TestCount:
    @pytest.mark.parametrize(
        ("total", "sentence"),
        [
            (0, "لم يُعثر على أي مقال"),
            (1, "عُثر على مقال واحد"),
            (2, "عُثر على مقالين"),
            (3, "عُثر على 3 مقالات"),
            (11, "عُثر على 11 مقالًا"),
            (100, "عُثر على 100 مقال"),
            (11_260, "عُثر على 11,260 مقالًا"),
        ],
    )
    def test_count_has_arabic_plurals(self, total: int, sentence: str) -> None:
        assert count_sentence(total, "ar") == sentence

    @pytest.mark.parametrize(
        ("total", "sentence"), [(1, "1 article found"), (3, "3 articles found")]
    )
    def test_count_in_english(self, total: int, sentence: str) -> None:
        assert count_sentence(total, "en") == sentence

    def test_status_element_waits_for_a_change(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        assert texts(page, "p", id="count") == ["عُثر على 3 مقالات"]
        assert texts(page, "p", role="status") == [""]


class TestRows:
    def test_original_text_is_highlighted(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة منبع"})
        assert texts(page, "h2", class_="entry-title") == [archive.vocalised.title]
        marks = texts(page, "mark")
        assert "دِجْلَةُ" in marks
        assert "المَنْبَعِ" in marks

    def test_text_of_articles_is_escaped(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "روافد"})
        assert "&lt;كثيرة&gt;" in page.content.decode()
        assert find(page, "كثيرة") == []

    def test_row_has_source_date_and_actors(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "منبع"})
        (meta,) = texts(page, "ul", class_="entry-meta")
        assert meta == "المقتبس 3 شباط 1923 محمد كرد علي"
        assert find(page, "time", datetime="1923-02-03")
        (tags,) = texts(page, "ul", class_="entry-tags")
        assert tags == "نهر دجلة"

    def test_snippet_has_language_and_direction_of_its_article(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get("/en/search/", {"q": "روافد"})
        assert find(page, "html", lang="en", dir="ltr")
        assert find(page, "p", class_="snippet", lang="ar", dir="rtl")

    def test_link_to_the_article_carries_the_search(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "actor": "tigris"})
        (link,) = [
            element["href"]
            for element in find(page, "a")
            if urlsplit(element["href"]).path == archive.vocalised.get_absolute_url()
        ]
        assert parse_qs(urlsplit(link).query) == {"q": ["دجلة"], "actor": ["tigris"]}

    def test_drafts_and_withdrawn_articles_are_hidden(
        self, client: Client, archive: Archive
    ) -> None:
        titles = texts(client.get(ADDRESS, {"q": "دجلة"}), "h2", class_="entry-title")
        assert archive.draft.title not in titles
        assert archive.withdrawn.title not in titles

    def test_queries_do_not_grow_with_the_rows(
        self, client: Client, archive: Archive, make_article: ArticleMaker
    ) -> None:
        with CaptureQueriesContext(connection) as few:
            client.get(ADDRESS, {"q": "دجلة"})
        for number in range(10):
            make_article(f"دجلة {number}", "1930").actors.add(archive.river)
        rebuild()
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as many:
            client.get(ADDRESS, {"q": "دجلة"})
        assert len(many) <= len(few) <= MOST_QUERIES

    @pytest.mark.parametrize(
        "address",
        [
            {"q": "قطار سريع دجلة", "actor": "tigris", "from": "1999"},
            {"q": "نهر دجلة قطار", "source": "al-muqtabas"},
            {"q": "Tigris"},
        ],
        ids=["nothing", "most of the words", "name"],
    )
    def test_help_takes_few_queries(
        self, client: Client, archive: Archive, address: dict[str, str]
    ) -> None:
        # The numbers in the footer are remembered.
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS, address)
        assert len(queries) <= MOST_QUERIES


class TestNarrowing:
    def test_selected_value_is_a_checked_box_and_a_chip(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "actor": "tigris"})
        (box,) = find(page, "input", type="checkbox", name="actor", value="tigris")
        assert "checked" in box.attributes
        (chip,) = find(page, "a", class_="chip")
        assert "نهر دجلة" in chip.text
        assert parse_qs(urlsplit(chip["href"]).query) == {"q": ["دجلة"]}

    def test_value_asked_for_and_excluded_has_one_box(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"actor": "tigris", "-actor": "tigris"})
        assert len(find(page, "input", type="checkbox", value="tigris")) == 1
        without = [a.text for a in find(page, "a") if a.text.startswith("من دون")]
        assert sorted(without) == ["من دون «ليس نهر دجلة»", "من دون «نهر دجلة»"]

    def test_boxes_belong_to_the_search_form(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        assert find(page, "form", id="search-form")
        boxes = find(page, "input", type="checkbox", form="search-form")
        names = {box["name"] for box in boxes}
        assert names == {"actor", "any", "topic", "source"}

    def test_each_facet_is_a_named_group(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS)
        assert texts(page, "legend") == [
            "الكلمات",
            "الأعلام",
            "الموضوعات",
            "المصادر",
        ]

    def test_year_leads_to_its_months(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        bars = find(page, "time", datetime="1923")
        assert [bar.text for bar in bars] == ["1923"]
        inside = client.get(ADDRESS, {"q": "دجلة", "from": "1923", "to": "1923"})
        assert find(inside, "time", datetime="1923-02")

    def test_undated_articles_are_counted(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة"})
        (link,) = [a for a in find(page, "a") if "undated=1" in a["href"]]
        assert link.text == "بلا تاريخ 1"
        alone = client.get(link["href"])
        assert texts(alone, "p", id="count") == ["عُثر على مقال واحد"]
        assert texts(alone, "h2", class_="entry-title") == [archive.undated.title]

    @pytest.mark.parametrize(
        ("typed", "reading"),
        [
            ("1923-02", "1 شباط/فبراير 1923 نحو 14 جمادى الآخرة 1341 هـ"),
            ("شباط ١٩٢٣", "1 شباط/فبراير 1923 نحو 14 جمادى الآخرة 1341 هـ"),
            ("ربيع الأول 1329", "نحو 2 آذار/مارس 1911 1 ربيع الأول 1329 هـ"),
            (
                "3/2/1923",
                "3 شباط/فبراير 1923 نحو 16 جمادى الآخرة 1341 هـ "
                "قُرئ اليوم أولًا ثم الشهر.",
            ),
        ],
    )
    def test_typed_date_stays_with_its_reading_beside_it(
        self, client: Client, archive: Archive, typed: str, reading: str
    ) -> None:
        page = client.get(ADDRESS, {"from": typed})
        (field,) = find(page, "input", name="from")
        assert field["value"] == typed
        assert field["aria-describedby"] == "date-from-reading"
        assert texts(page, "p", id="date-from-reading") == [reading]

    def test_range_in_one_box_is_the_whole_period(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"from": "بين 5 و7 تشرين الأول/أكتوبر 1923"})
        (reading,) = texts(page, "p", id="date-from-reading")
        assert reading.startswith("5 – 7 تشرين الأول/أكتوبر 1923")
        (chip,) = texts(page, "a", class_="chip")
        assert "5 تشرين الأول/أكتوبر 1923" in chip
        assert "7 تشرين الأول/أكتوبر 1923" in chip

    def test_range_beside_another_date_is_refused(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"from": "1923-1925", "to": "1930"})
        assert page.status_code == 400
        (error,) = texts(page, "p", id="date-from-error")
        assert "«1923-1925» مدة كاملة" in error
        assert find(page, "input", name="from")[0]["value"] == "1923-1925"

    def test_dates_of_the_query_are_read_out(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة date:بغداد، 5 آذار 1921"})
        (reading,) = texts(page, "dl", class_="date-readings")
        assert "5 آذار/مارس 1921" in reading
        assert "لم يُبحث عن «بغداد» المذكور قبل التاريخ." in reading

    def test_suggestion_says_what_it_leaves_out(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة قبل:شباط"})
        assert page.status_code == 400
        (notice,) = texts(page, "div", class_="notice")
        assert "لا يشمل هذا الاقتراح قبل:شباط." in notice

    def test_relative_date_keeps_its_day_in_the_address(
        self, client: Client, archive: Archive
    ) -> None:
        answer = client.get(ADDRESS, {"from": "أمس"})
        today = localdate().isoformat()
        assert parse_qs(urlsplit(answer["Location"]).query) == {
            "from": ["أمس"],
            "as_of": [today],
        }
        page = client.get(ADDRESS, {"from": "أمس", "as_of": "1923-02-06"})
        assert page.status_code == 200
        (reading,) = texts(page, "p", id="date-from-reading")
        assert reading.startswith("5 شباط/فبراير 1923")
        assert "محسوب من 6 شباط/فبراير 1923." in reading


class TestOrder:
    def test_current_order_is_no_link(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "sort": "oldest"})
        assert "الأقدم أولًا" in texts(page, "span", aria_current="true")
        titles = texts(page, "h2", class_="entry-title")
        assert titles[0] == "الفرات ودجلة"

    def test_search_without_words_has_no_order_by_relevance(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS)
        assert texts(page, "ul", class_="switch") == ["الأحدث أولًا الأقدم أولًا"]
        assert "الأحدث أولًا" in texts(page, "span", aria_current="true")
        titles = texts(page, "h2", class_="entry-title")
        assert titles[:2] == [archive.english.title, archive.vocalised.title]

    def test_form_keeps_the_order(self, client: Client, archive: Archive) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "sort": "oldest"})
        assert find(page, "input", type="hidden", name="sort", value="oldest")


class TestPages:
    @pytest.fixture
    def many(self, archive: Archive, make_article: ArticleMaker) -> None:
        for number in range(45):
            make_article(f"سفينة {number}", "1930")
        rebuild()

    def test_neighboring_pages_are_linked(self, client: Client, many: None) -> None:
        page = client.get(ADDRESS, {"q": "سفينة", "page": "2"})
        (previous,) = find(page, "a", rel="prev")
        (following,) = find(page, "a", rel="next")
        assert "page=1" in previous["href"]
        assert "page=3" in following["href"]
        assert len(texts(page, "h2", class_="entry-title")) == 20
        assert texts(page, "p", id="count") == ["عُثر على 45 مقالًا، المعروض منها 21–40"]

    def test_page_past_the_end_is_404_with_a_link_to_the_last(
        self, client: Client, many: None
    ) -> None:
        page = client.get(ADDRESS, {"q": "سفينة", "page": "9"})
        assert page.status_code == 404
        (notice,) = texts(page, "p", class_="notice")
        assert "لا صفحة رقمها 9: تنتهي النتائج عند الصفحة 3." in notice
        assert any("page=3" in link["href"] for link in find(page, "a"))
        assert find(page, "section", id="take-away-section") == []


class TestValuesOfARow:
    def test_actor_and_source_of_a_row_narrow_the_search(
        self, client: Client, archive: Archive
    ) -> None:
        page = client.get(ADDRESS, {"q": "دجلة", "sort": "oldest"})
        (tags,) = find(page, "ul", class_="entry-tags")
        assert tags.text == "نهر دجلة"
        (link,) = [a for a in find(page, "a", rel="nofollow") if "actor=" in a["href"]]
        narrowed = client.get(link["href"], follow=True)
        assert texts(narrowed, "p", id="count") == ["عُثر على مقال واحد"]
        query = parse_qs(narrowed.request["QUERY_STRING"])
        assert query == {"q": ["دجلة"], "actor": ["tigris"], "sort": ["oldest"]}
        assert len(narrowed.redirect_chain) == 1
        sources = [
            a["href"]
            for a in find(page, "a", rel="nofollow")
            if "&source=" in a["href"]
        ]
        assert len(set(sources)) == 1
