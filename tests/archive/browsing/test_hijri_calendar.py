"""The Hijri calendar: counts by year, month and day, and the pages."""

import datetime as dt

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from archive.browsing.days import build_hijri_grid, count_months_of, count_years
from archive.dates import LAST_HIJRI_YEAR, HijriDate
from tests.archive.browsing.conftest import LANGUAGES, ArticleMaker
from tests.archive.browsing.reading import open_page

MOST_QUERIES = 12

days = st.dates(dt.date(1880, 1, 1), dt.date(2030, 12, 31))


@pytest.fixture
def dated(make_article: ArticleMaker) -> None:
    """Articles around Ramadan 1341 AH, 17 April to 16 May 1923."""
    make_article("يوم", "1923-05-01")
    make_article("يوم آخر", "1923-05-01")
    make_article("قبله", "1923-04-01")
    make_article("شهر", "1923-05")
    make_article("سنة", "1923")
    make_article("بعده", "1930-01-15")
    make_article("مسودة", "1923-05-02", status="draft")


class TestCounts:
    @given(st.dictionaries(days, st.integers(1, 9), max_size=6))
    def test_years_hold_every_article(self, counts: dict[dt.date, int]) -> None:
        decades = count_years(counts)
        years = [year for decade in decades for year in decade]
        assert sum(year.count for year in years) == sum(counts.values())
        for day in counts:
            hijri = HijriDate.from_day(day)
            assert hijri is not None
            [found] = [year for year in years if year.period.year == hijri.year]
            assert found.count

    @given(st.dictionaries(days, st.integers(1, 9), min_size=1, max_size=6))
    def test_months_and_days_hold_what_their_year_has(
        self, counts: dict[dt.date, int]
    ) -> None:
        first = HijriDate.from_day(min(counts))
        assert first is not None
        year = HijriDate(first.year)
        within = {
            day: count
            for day, count in counts.items()
            if year.first_day() <= day <= year.last_day()
        }
        months = count_months_of(year, within)
        assert sum(month.count for month in months) == sum(within.values())
        for month in months:
            cells = [
                cell
                for week in build_hijri_grid(month.period, within)
                for cell in week
                if cell
            ]
            assert sum(cell.count for cell in cells) == month.count
            assert cells[0].day == month.first_day
            assert cells[-1].day == month.period.last_day()

    def test_days_before_the_calendar_are_left_out(self) -> None:
        counts = {dt.date(500, 1, 1): 3, dt.date(1923, 5, 1): 1}
        [*_decades, last] = count_years(counts)
        assert sum(year.count for year in last) == 1

    def test_last_year_is_the_last_of_its_decade(self) -> None:
        [decade] = count_years({HijriDate(LAST_HIJRI_YEAR, 1, 1).first_day(): 1})
        assert decade[-1].period.year == LAST_HIJRI_YEAR


@pytest.mark.django_db
class TestPages:
    @pytest.mark.usefixtures("dated")
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("path", ["", "1341/", "1341/9/"])
    def test_articles_known_to_the_day_are_counted(
        self, client: Client, language: str, path: str,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        address = f"/{language}/calendar/hijri/{path}"
        with django_assert_max_num_queries(MOST_QUERIES):
            page = open_page(client, address)
        linked = {
            "": (f"/{language}/calendar/hijri/1341/", "3"),
            "1341/": (f"/{language}/calendar/hijri/1341/9/", "2"),
            "1341/9/": (f"/{language}/calendar/1923/5/1/", "2"),
        }[path]
        assert page.links()[linked[0]].endswith(linked[1])

    @pytest.mark.usefixtures("dated")
    def test_month_leads_to_its_neighbors_and_its_search(self, client: Client) -> None:
        links = open_page(client, "/en/calendar/hijri/1341/9/").links()
        assert "/en/calendar/hijri/1341/8/" in links
        assert "/en/calendar/hijri/1348/8/" in links
        assert "/en/search/?from=1923-04-17&to=1923-05-16" in links
        assert "/en/calendar/1923/4/" in links

    @pytest.mark.usefixtures("dated")
    def test_gregorian_month_has_hijri_days_as_a_choice(self, client: Client) -> None:
        plain = open_page(client, "/en/calendar/1923/5/")
        assert plain.texts("span", class_="other-day") == []
        assert "/en/calendar/hijri/1341/9/" in plain.links()
        chosen = open_page(client, "/en/calendar/1923/5/?hijri=1")
        assert chosen.texts("span", class_="other-day")[0] == "15/9"

    @pytest.mark.parametrize("path", ["1501/", "0/", "1341/13/", "99999999999/1/"])
    def test_impossible_period_is_not_found(
        self, client: Client, db: None, path: str
    ) -> None:
        assert client.get(f"/ar/calendar/hijri/{path}").status_code == 404

    @pytest.mark.parametrize("path", ["", "1/", "1500/12/", "1341/9/"])
    def test_empty_archive_has_pages(self, client: Client, db: None, path: str) -> None:
        open_page(client, f"/ar/calendar/hijri/{path}")

    @pytest.mark.parametrize("path", ["1/", "600/", "1/1/", "9999/12/"])
    def test_gregorian_period_without_hijri_has_a_page(
        self, client: Client, db: None, path: str
    ) -> None:
        open_page(client, f"/ar/calendar/{path}?hijri=1")
