"""The days of the year without regard to years, and their pages."""

import datetime as dt
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from archive.browsing.days import (
    DateOverview,
    DayOfYear,
    articles_of_day,
    count_by_year_of_day,
    count_dates,
    find_nearest_day,
    find_this_day,
    group_with_gaps,
    pick_articles,
)
from archive.browsing.days.any_year import DAYS_OF_YEAR
from archive.browsing.periods import Decade
from tests.archive.browsing.conftest import LANGUAGES, ArticleMaker
from tests.archive.browsing.reading import open_page

MOST_QUERIES = 14
FIFTH = DayOfYear(6, 5)

days = st.sampled_from(DAYS_OF_YEAR)


@pytest.fixture
def dated(make_article: ArticleMaker) -> None:
    """Articles of 5 June in three years, and some that are not of that day."""
    make_article("أول", "1911-06-05")
    make_article("ثان", "1911-06-05")
    make_article("ثالث", "1967-06-05")
    make_article("رابع", "1920-06-05")
    make_article("كبيسة", "1912-02-29")
    make_article("شهر", "1911-06")
    make_article("سنة", "1911")
    make_article("بلا تاريخ")
    make_article("مسودة", "1950-06-05", status="draft")


class TestDayOfYear:
    @pytest.mark.parametrize(
        ("month", "day"), [(2, 30), (13, 1), (0, 1), (6, 31), (10**12, 1)]
    )
    def test_impossible_day_is_refused(self, month: int, day: int) -> None:
        with pytest.raises(ValueError, match=r"day|month"):
            DayOfYear(month, day)

    @given(days, st.integers(1, 9999))
    def test_day_in_a_year_is_the_day(self, day: DayOfYear, year: int) -> None:
        found = day.in_year(year)
        assert found is None or DayOfYear.of(found) == day
        assert found is not None or day == DayOfYear(2, 29)


class TestNearestDay:
    @given(st.sets(days, min_size=1), days)
    def test_steps_lead_through_all_days_and_back(
        self, filled: set[DayOfYear], start: DayOfYear
    ) -> None:
        overview = DateOverview({}, dict.fromkeys(filled, 1), 0)
        visited, here = [], start
        for _step in filled:
            after = find_nearest_day(overview, here)
            if after is None:
                break
            if here in filled:
                assert find_nearest_day(overview, after, step=-1) == here
            visited.append(after)
            here = after
        assert {*visited, start} >= filled


class TestGroupWithGaps:
    @given(st.dictionaries(st.integers(1, 9999), st.integers(1, 50), max_size=8))
    def test_every_year_between_first_and_last_is_in_one_row(
        self, years: dict[int, int]
    ) -> None:
        rows = group_with_gaps(years)
        assert sum(row.count for row in rows if isinstance(row, Decade)) == sum(
            years.values()
        )
        for row, following in pairwise(rows):
            assert row.last.year + 1 == following.first.year


@pytest.mark.django_db
@pytest.mark.usefixtures("dated")
class TestCounts:
    def test_days_are_those_of_articles_known_to_the_day(self) -> None:
        overview = count_dates()
        assert overview.days == {FIFTH: 4, DayOfYear(2, 29): 1}
        assert overview.years == {1911: 4, 1912: 1, 1920: 1, 1967: 1}
        assert overview.undated == 1

    def test_years_of_a_day_are_counted(self) -> None:
        counts = count_by_year_of_day(articles_of_day(FIFTH))
        assert counts == {
            dt.date(1911, 6, 5): 2,
            dt.date(1920, 6, 5): 1,
            dt.date(1967, 6, 5): 1,
        }

    def test_articles_are_picked_from_first_and_last_year(self) -> None:
        articles = articles_of_day(FIFTH)
        picked = pick_articles(articles, count_by_year_of_day(articles), limit=2)
        assert [article.title for article in picked] == ["أول", "ثالث"]

    def test_day_without_articles_shows_the_next_one(self) -> None:
        found = find_this_day(count_dates(), DayOfYear(11, 30))
        assert found is not None
        assert (found.day, found.shown) == (DayOfYear(11, 30), DayOfYear(2, 29))
        assert [article.title for article in found.articles] == ["كبيسة"]

    def test_day_with_articles_is_shown(self) -> None:
        found = find_this_day(count_dates(), FIFTH)
        assert found is not None
        assert found.shown == FIFTH
        assert [count for _date, count in found.years] == [2, 1, 1]


@pytest.mark.django_db
class TestPages:
    @pytest.mark.usefixtures("dated")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_day_lists_its_articles_of_all_years(
        self, client: Client, language: str,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        with django_assert_max_num_queries(MOST_QUERIES):
            page = open_page(client, f"/{language}/calendar/any-year/6/5/")
        assert set(page.titles) == {"أول", "ثان", "ثالث", "رابع"}
        links = page.links()
        assert f"/{language}/calendar/1967/6/5/" in links
        assert f"/{language}/calendar/any-year/2/29/" in links

    @pytest.mark.usefixtures("dated")
    def test_all_days_are_one_table(self, client: Client) -> None:
        page = open_page(client, "/en/calendar/any-year/")
        assert page.links()["/en/calendar/any-year/6/5/"] == "5 June: 4"
        assert page.links()["/en/calendar/any-year/2/29/"] == "29 February: 1"

    @pytest.mark.parametrize("path", ["2/30", "13/1", "0/0", "99999999999/1"])
    def test_impossible_day_is_not_found(
        self, client: Client, db: None, path: str
    ) -> None:
        assert client.get(f"/ar/calendar/any-year/{path}/").status_code == 404

    @pytest.mark.parametrize("path", ["", "6/5/"])
    def test_empty_archive_has_pages(self, client: Client, db: None, path: str) -> None:
        open_page(client, f"/ar/calendar/any-year/{path}")
