"""Facets of a query set: values and dates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from haystack.exceptions import SearchBackendError

from tests.search.engines.whoosh.conftest import Book, Shelf
from tests.search.engines.whoosh.haystack_api.test_queryset import many

__all__ = ["many"]


class TestFacets:
    BOOKS = [
        Book(tags=["a", "b, c"], author="x y", rating=2, lent=True),
        Book(tags=["a"], author="x y", rating=2, price=Decimal("10")),
        Book(tags=["b, c"], author="z", rating=10, lent=False, price=Decimal("9.5")),
        Book(author='"'),
    ]

    @pytest.mark.both_engines
    @pytest.mark.parametrize(
        ("field", "expected"),
        [
            ("tags", [("a", 2), ("b, c", 2), (None, 1)]),
            ("author", [("x y", 2), ('"', 1), ("z", 1)]),
            ("rating", [(2, 2), (10, 1), (None, 1)]),
            ("lent", [(None, 2), (False, 1), (True, 1)]),
            ("price", [(None, 2), ("9.5", 1), ("10", 1)]),
            ("title", [(None, 4)]),
        ],
    )
    def test_whole_values_are_counted(
        self, shelf: Shelf, field: str, expected: list[tuple[Any, int]]
    ) -> None:
        shelf.put(self.BOOKS)
        assert shelf.all().facet(field).facet_counts()["fields"][field] == expected

    def test_all_hits_and_no_others_are_counted(self, many: Shelf) -> None:
        found = many.all().filter(title="1").facet("rating")
        expected = len([one for one in many.all() if one.title == "1"])
        counts = found.facet_counts()["fields"]["rating"]
        assert sum(count for _, count in counts) == expected == found.count()
        assert found[:1][0].title == "1"

    def test_limit_bounds_the_number_of_values(self, shelf: Shelf) -> None:
        shelf.put(self.BOOKS)
        counts = shelf.all().facet("tags", limit=1).facet_counts()
        assert counts["fields"]["tags"] == [("a", 2)]

    def test_facet_of_no_hits_is_empty(self, shelf: Shelf) -> None:
        shelf.put(self.BOOKS)
        found = shelf.all().filter(text="nothing").facet("tags")
        assert found.facet_counts() == {
            "fields": {"tags": []},
            "dates": {},
            "queries": {},
        }

    @pytest.mark.both_engines
    def test_query_facets_are_counted_in_their_field(self, shelf: Shelf) -> None:
        shelf.put(self.BOOKS)
        found = shelf.all().query_facet("rating", "[3 TO]").query_facet("rating", "2")
        assert found.facet_counts()["queries"] == {"rating:[3 TO]": 1, "rating:2": 2}


class TestDateFacets:
    def count(self, shelf: Shelf, *options: Any) -> list[Any]:
        found = shelf.all().date_facet("published", *options)
        counts: list[Any] = found.facet_counts()["dates"]["published"]
        return counts

    def test_periods_between_start_and_end_are_counted(self, shelf: Shelf) -> None:
        days = [(1922, 12, 31), (1923, 1, 1), (1923, 1, 31), (1923, 2, 1), (1923, 5, 1)]
        shelf.put([Book(published=datetime(*day)) for day in days])
        shelf.put([Book()], first=9)
        counts = self.count(shelf, date(1923, 1, 1), date(1923, 5, 1), "month")
        january = (datetime(1923, 1, 1), datetime(1923, 2, 1))
        february = (datetime(1923, 2, 1), datetime(1923, 3, 1))
        # Outside are the day before, the end itself and the book without a date.
        assert counts == [(None, 3), (january, 2), (february, 1)]

    def test_last_period_is_cut_at_the_end(self, shelf: Shelf) -> None:
        shelf.put([Book(published=datetime(1923, 3, day)) for day in (5, 14, 20)])
        counts = self.count(shelf, date(1923, 3, 1), date(1923, 3, 15), "day", 10)
        assert counts == [
            ((datetime(1923, 3, 1), datetime(1923, 3, 11)), 1),
            ((datetime(1923, 3, 11), datetime(1923, 3, 15)), 1),
            (None, 1),
        ]

    def test_months_from_the_31st_begin_on_the_last_day(self, shelf: Shelf) -> None:
        shelf.put([Book(published=datetime(1923, 3, 30, 12))])
        counts = self.count(shelf, date(1923, 1, 31), date(1924, 1, 1), "month")
        assert counts == [((datetime(1923, 2, 28), datetime(1923, 3, 31)), 1)]

    @pytest.mark.parametrize(
        ("gap", "begin", "end"),
        [
            ("year", datetime(1923, 1, 1), datetime(1924, 1, 1)),
            ("hour", datetime(1923, 5, 14, 16), datetime(1923, 5, 14, 17)),
            ("minute", datetime(1923, 5, 14, 16, 20), datetime(1923, 5, 14, 16, 21)),
            (
                "second",
                datetime(1923, 5, 14, 16, 20, 3),
                datetime(1923, 5, 14, 16, 20, 4),
            ),
        ],
    )
    def test_period_of_each_gap(
        self, shelf: Shelf, gap: str, begin: datetime, end: datetime
    ) -> None:
        shelf.put([Book(published=datetime(1923, 5, 14, 16, 20, 3, 5))])
        counts = self.count(shelf, date(1900, 1, 1), date(2000, 1, 1), gap)
        assert counts == [((begin, end), 1)]

    def test_field_without_dates_raises(self, shelf: Shelf) -> None:
        shelf.put([Book()])
        found = shelf.all().date_facet(
            "rating", date(1900, 1, 1), date(1901, 1, 1), "day"
        )
        with pytest.raises(SearchBackendError, match="rating has no dates"):
            found.facet_counts()
