"""The pages of the calendar: years, months, days, and undated articles."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.models import Actor, Topic
from tests.archive.browsing.conftest import LANGUAGES, ArticleMaker
from tests.archive.browsing.reading import open_page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


@pytest.fixture
def dated(make_article: ArticleMaker) -> None:
    """Articles of each precision around May 1923, and some that are not counted."""
    make_article("يوم", "1923-05-14", body="في الرابع عشر من الشهر.")
    make_article("يوم آخر", "1923-05-14")
    make_article("أول الشهر", "1923-05-01")
    make_article("شهر", "1923-05")
    make_article("سنة", "1923")
    make_article("رأس السنة", "1923-01-01")
    make_article("سنة أخرى", "1930-05-14")
    make_article("بلا تاريخ")
    make_article("مسودة", "1923-05-14", status="draft")
    make_article("مسحوب", "1923-05-15", status="withdrawn")
    make_article("مسودة بلا تاريخ", status="draft")


def tiles(client: Client, address: str) -> list[str]:
    page = open_page(client, address)
    return page.texts("a", class_="tile")


@pytest.mark.usefixtures("dated")
class TestShowCalendar:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_years_are_grouped_by_decade(self, client: Client, language: str) -> None:
        page = open_page(client, f"/{language}/calendar/")
        decades = [element for element in page.texts("h2") if "19" in element]
        assert decades == ["1920–1929", "1930–1939"]
        assert f"/{language}/calendar/undated/" in page.links()

    def test_counts_of_years_are_exact(self, client: Client) -> None:
        assert tiles(client, "/en/calendar/") == [
            "1923 Articles: 6",
            "1930 Articles: 1",
        ]

    def test_dated_and_undated_articles_are_counted(self, client: Client) -> None:
        text = open_page(client, "/en/calendar/").texts("main")[0]
        assert "7 dated articles" in text
        assert "1 article without a date" in text


@pytest.mark.usefixtures("dated")
class TestShowYear:
    @pytest.mark.parametrize(("language", "may"), [("ar", "أيار"), ("en", "May")])
    def test_all_months_are_named(
        self, client: Client, language: str, may: str
    ) -> None:
        page = open_page(client, f"/{language}/calendar/1923/")
        months = page.texts("ol", class_="tiles year-months")[0]
        assert may in months
        assert page.links()[f"/{language}/calendar/1923/5/"].startswith(may)

    def test_months_count_dates_known_to_the_month(self, client: Client) -> None:
        found = tiles(client, "/en/calendar/1923/")
        assert found == ["January Articles: 1", "May Articles: 4"]

    def test_dates_known_to_the_year_are_listed(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1923/")
        assert page.titles == ["سنة"]
        assert "6 articles" in page.texts("main")[0]
        assert "/en/search/?from=1923&to=1923" in page.links()

    def test_next_year_with_articles_is_linked(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1923/")
        assert [link.attributes["href"] for link in page.find("a", rel="next")] == [
            "/en/calendar/1930/"
        ]
        assert page.find("a", rel="prev") == []


@pytest.mark.usefixtures("dated")
class TestShowMonth:
    def test_grid_is_that_of_may_1923(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1923/5/")
        heads = [cell.text for cell in page.find("th", scope="col")]
        assert heads == [
            "SaturdayS", "SundayS", "MondayM", "TuesdayT", "WednesdayW", "ThursdayT",
            "FridayF",
        ]  # fmt: skip
        rows = [row.text for row in page.find("tr")[1:]]
        assert rows[0] == "1 Articles: 1 2 3 4"
        assert rows[2] == "12 13 14 Articles: 2 15 16 17 18"
        assert len(page.find("td")) == 35

    def test_arabic_weeks_begin_on_saturday_too(self, client: Client) -> None:
        page = open_page(client, "/ar/calendar/1923/5/")
        assert page.find("th", scope="col")[0].text.startswith("السبت")

    def test_only_days_with_articles_are_links(self, client: Client) -> None:
        links = open_page(client, "/en/calendar/1923/5/").links()
        days = [
            address for address in links if address.startswith("/en/calendar/1923/5/")
        ]
        assert days == ["/en/calendar/1923/5/1/", "/en/calendar/1923/5/14/"]

    def test_dates_known_to_the_month_are_listed(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1923/5/")
        assert page.titles == ["شهر"]
        assert "4 articles" in page.texts("main")[0]

    def test_january_omits_dates_known_to_the_year(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1923/1/")
        assert page.titles == []
        assert "1 article" in page.texts("main")[0]

    def test_neighbors_are_months_with_articles(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1923/5/")
        assert (
            page.find("a", rel="prev")[0].attributes["href"] == "/en/calendar/1923/1/"
        )
        assert (
            page.find("a", rel="next")[0].attributes["href"] == "/en/calendar/1930/5/"
        )


@pytest.mark.usefixtures("dated")
class TestShowDay:
    @pytest.mark.parametrize(
        ("language", "heading"),
        [("ar", "14 أيار/مايو 1923"), ("en", "Monday, 14 May 1923")],
    )
    def test_articles_of_the_day_are_listed(
        self, client: Client, language: str, heading: str
    ) -> None:
        page = open_page(client, f"/{language}/calendar/1923/5/14/")
        assert page.heading.endswith(heading)
        assert page.titles == ["يوم آخر", "يوم"]
        assert "1341" in page.texts("p", class_="browse-other")[0]

    def test_first_day_omits_dates_known_to_the_month(self, client: Client) -> None:
        assert open_page(client, "/en/calendar/1923/5/1/").titles == ["أول الشهر"]
        assert open_page(client, "/en/calendar/1923/1/1/").titles == ["رأس السنة"]

    def test_nearest_days_with_articles_are_linked(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1925/2/3/")
        assert page.titles == []
        links = page.links()
        assert "14 May 1923" in links["/en/calendar/1923/5/14/"]
        assert "14 May 1930" in links["/en/calendar/1930/5/14/"]
        assert page.find("meta", name="robots", content="noindex,follow")

    def test_same_day_of_other_years_is_listed(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/1923/5/14/")
        assert page.texts("ol", class_="names") == ["1930 1"]

    def test_29_february_is_listed_for_leap_years_only(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        make_article(published="1924-02-29")
        page = open_page(client, "/en/calendar/1928/2/29/")
        assert page.texts("ol", class_="names") == ["1924 1"]


class TestShowUndated:
    @pytest.mark.usefixtures("dated")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_undated_published_articles_are_listed(
        self, client: Client, language: str
    ) -> None:
        page = open_page(client, f"/{language}/calendar/undated/")
        assert page.titles == ["بلا تاريخ"]

    def test_its_sources_lead_to_what_is_undated(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        make_article("بلا تاريخ")
        page = open_page(client, "/en/calendar/undated/")
        [address] = [link for link in page.links() if "undated=1" in link]
        assert address.startswith("/en/search/?source=")

    @pytest.mark.usefixtures("dated")
    @pytest.mark.parametrize("path", ["undated/", "1923/", "1923/5/", "1923/5/14/"])
    def test_page_past_the_end_is_told(self, client: Client, path: str) -> None:
        page = open_page(client, f"/en/calendar/{path}?page=1000000000")
        assert "1000000000" in page.texts("p", class_="notice")[0]

    def test_empty_list_says_so(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/undated/")
        assert "Every published article has a date." in page.texts("main")[0]


@pytest.mark.parametrize("language", LANGUAGES)
class TestInvalidDates:
    @pytest.mark.parametrize(
        "date",
        [
            "0", "10000", "1923/0", "1923/13", "1923/2/30", "1923/2/29", "1923/5/0",
            "1923/5/32", "1923/x", "-1", "9" * 60,
        ],
    )  # fmt: skip
    def test_invalid_dates_are_not_found(
        self, client: Client, language: str, date: str
    ) -> None:
        assert client.get(f"/{language}/calendar/{date}/").status_code == 404

    @pytest.mark.parametrize(
        "date", ["1", "9999", "1/1", "9999/12", "1/1/1", "9999/12/31", "1924/2/29"]
    )
    def test_earliest_and_latest_dates_are_found(
        self, client: Client, language: str, date: str
    ) -> None:
        assert client.get(f"/{language}/calendar/{date}/").status_code == 200


class TestQueries:
    @pytest.mark.parametrize(
        "address",
        ["", "undated/", "1923/", "1923/5/", "1923/5/14/", "1925/1/1/"],
    )
    def test_queries_do_not_grow(
        self, client: Client, make_article: ArticleMaker, address: str,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for published in ("1923-05-14", "1923-05", "1923", ""):
            for _ in range(21):
                make_article(published=published)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(f"/ar/calendar/{address}").status_code == 200


class TestSubjects:
    def test_year_and_month_say_who_is_in_them(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        often = Actor.objects.create(name_ar="بغداد", name_latin="Baghdad")
        once = Actor.objects.create(name_ar="الجاحظ", name_latin="Jahiz")
        prose = Topic.objects.create(name_ar="النثر", name_latin="Prose")
        make_article(published="1923", actors=[often], topics=[prose])
        make_article(published="1923-01-01", actors=[often, once])
        make_article(published="1924", actors=[once])
        make_article(published="1923-02", actors=[once], status="draft")
        page = open_page(client, "/en/calendar/1923/")
        assert page.texts("ol", class_="names") == [
            "al-Muqtabas Articles: 2",
            "Baghdad Articles: 2 Jahiz Articles: 1",
            "Prose Articles: 1",
        ]
        assert "/en/search/?actor=baghdad&from=1923&to=1923" in page.links()
        # What is known to the year only is in no month.
        january = open_page(client, "/en/calendar/1923/1/")
        assert january.texts("ol", class_="names")[1] == (
            "Baghdad Articles: 1 Jahiz Articles: 1"
        )
        assert (
            open_page(client, "/en/calendar/1923/2/").find("ol", class_="names") == []
        )
