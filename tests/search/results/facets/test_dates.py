"""The date facet from counts: grains, buckets, the broader period and labels."""

from datetime import date

import pytest
from django.utils import translation

from search.engines.contract import DateCounts
from search.request import Period, SearchRequest
from search.results.facets.dates import build_date_facet, build_period, label_dates
from search.results.facets.model import DateFacet

COUNTS = DateCounts(
    years={1922: 4, 1923: 8, 1924: 1},
    months={192305: 5, 192306: 2, 192401: 1},
    days={19230514: 3, 19230520: 1, 19230601: 1},
    undated=6,
)


def _request(date_from: str = "", date_to: str = "") -> SearchRequest:
    return SearchRequest(
        text="نفط",
        date_from=date_from,
        date_to=date_to,
        period=build_period(date_from, date_to),
        page=2,
    )


def _facet(date_from: str = "", date_to: str = "") -> DateFacet:
    return build_date_facet(_request(date_from, date_to), COUNTS, language="en")


class TestBuildPeriod:
    @pytest.mark.parametrize(
        ("date_from", "date_to", "first", "last"),
        [
            ("1923", "1923", date(1923, 1, 1), date(1923, 12, 31)),
            ("1924-02", "1924-02", date(1924, 2, 1), date(1924, 2, 29)),
            ("1923-05-14", "1924", date(1923, 5, 14), date(1924, 12, 31)),
            ("1923", "", date(1923, 1, 1), None),
            ("", "1923-05", None, date(1923, 5, 31)),
            ("", "", None, None),
        ],
    )
    def test_period_goes_from_the_first_day_to_the_last(
        self, date_from: str, date_to: str, first: date | None, last: date | None
    ) -> None:
        assert build_period(date_from, date_to) == Period(first, last)

    @pytest.mark.parametrize("text", ["1923-13", "1923-02-30", "23", "أيار", "0000"])
    def test_text_that_is_not_an_iso_date_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"date|year|month|day"):
            build_period(text, "")


class TestBuildDateFacet:
    def test_years_have_their_share_of_the_largest(self) -> None:
        facet = _facet()
        assert [(b.iso, b.count, b.share) for b in facet.buckets] == [
            ("1922", 4, 50),
            ("1923", 8, 100),
            ("1924", 1, 12),
        ]
        assert (facet.grain, facet.undated) == ("year", 6)
        assert facet.broader_query_string is None

    def test_bucket_leads_to_the_first_page(self) -> None:
        bucket = _facet().buckets[1]
        assert bucket.query_string == "q=%D9%86%D9%81%D8%B7&from=1923&to=1923"

    def test_year_has_its_own_months(self) -> None:
        facet = _facet("1923", "1923")
        assert [bucket.iso for bucket in facet.buckets] == ["1923-05", "1923-06"]
        assert facet.broader_query_string == "q=%D9%86%D9%81%D8%B7"

    def test_month_has_its_own_days(self) -> None:
        facet = _facet("1923-05", "1923-05")
        assert [bucket.iso for bucket in facet.buckets] == ["1923-05-14", "1923-05-20"]
        assert (facet.broader_query_string or "").endswith("from=1923&to=1923")
        assert facet.broader_label == "1923"

    def test_selected_day_is_among_the_days_of_its_month(self) -> None:
        facet = _facet("1923-05-14", "1923-05-14")
        assert [bucket.selected for bucket in facet.buckets] == [True, False]
        assert (facet.broader_query_string or "").endswith("from=1923-05&to=1923-05")

    @pytest.mark.parametrize(
        ("date_from", "date_to", "years"),
        [
            ("1923-06", "1924", ["1923", "1924"]),
            ("", "1923-01", ["1922", "1923"]),
            ("1924", "", ["1924"]),
        ],
    )
    def test_period_has_the_years_that_it_overlaps(
        self, date_from: str, date_to: str, years: list[str]
    ) -> None:
        facet = _facet(date_from, date_to)
        assert [bucket.iso for bucket in facet.buckets] == years
        assert facet.broader_query_string == "q=%D9%86%D9%81%D8%B7"

    def test_no_hits_have_no_buckets(self) -> None:
        nothing = DateCounts({}, {}, {}, 0)
        facet = build_date_facet(_request("1923", "1923"), nothing, language="ar")
        assert facet.buckets == ()
        assert facet.broader_query_string


class TestLabelDates:
    @pytest.mark.parametrize(
        ("dates", "label"),
        [
            (("1923", "1923"), "1923"),
            (("1923-05", "1923-05"), "May 1923"),
            (("1923", "1925"), "1923 – 1925"),
            (("1923", ""), "from 1923"),
            (("", "1923"), "until 1923"),
            (("", ""), ""),
        ],
    )
    def test_dates_are_in_words(self, dates: tuple[str, str], label: str) -> None:
        with translation.override("en"):
            assert label_dates(_request(*dates), language="en") == label
