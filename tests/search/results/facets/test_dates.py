"""The date facet from counts: grains, buckets, the broader period and labels."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from search.engines.contract import DateCounts
from search.request import ChartCalendar, Period, SearchRequest
from search.results.facets.dates import build_date_facet, build_period, label_dates
from search.results.facets.model import DateFacet

COUNTS = DateCounts(
    years={1922: 4, 1923: 25, 1924: 1},
    months={192305: 15, 192306: 2, 192401: 1},
    days={19230514: 11, 19230520: 1, 19230601: 1},
    undated=6,
)
HELD = DateCounts(
    years={1920: 7, 1922: 8, 1923: 20, 1924: 1},
    months={192305: 9, 192306: 2, 192401: 1, 192307: 4},
    days={},
    undated=9,
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
    request = _request(date_from, date_to)
    return build_date_facet(request, COUNTS, HELD, language="en")


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
    def test_years_have_one_scale_for_hits_and_one_for_holdings(self) -> None:
        facet = _facet()
        assert [(b.iso, b.count, b.share, b.held_share) for b in facet.buckets] == [
            ("1922", 4, 16, 40),
            ("1923", 25, 100, 100),
            ("1924", 1, 4, 5),
        ]
        assert (facet.grain, facet.undated, facet.decades) == ("year", 6, ())
        assert facet.broader_query_string is None
        assert facet.has_holdings

    def test_labels_are_hijri_on_request(self) -> None:
        request = replace(_request(), calendar=ChartCalendar.HIJRI)
        facet = build_date_facet(request, COUNTS, HELD, language="en")
        assert [(b.iso, b.label) for b in facet.buckets[:2]] == [
            ("1922", "1340–1341"),
            ("1923", "1341–1342"),
        ]
        # The choice is kept by all links, and the other calendar is one of them.
        assert all("calendar=hijri" in b.query_string for b in facet.buckets)
        assert "calendar" not in facet.other_calendar_query_string
        assert _facet().other_calendar_query_string == (
            facet.buckets[0].query_string.replace("&from=1922&to=1922", "") + "&page=2"
        )

    def test_years_of_no_hijri_calendar_keep_their_labels(self) -> None:
        request = replace(_request(), calendar=ChartCalendar.HIJRI)
        counts = DateCounts({500: 12, 2300: 3}, {}, {}, 0)
        facet = build_date_facet(request, counts, HELD, language="en")
        assert [b.label for b in facet.decades if b.count] == ["500–509", "2300–2309"]

    def test_years_without_hits_are_drawn(self) -> None:
        counts = DateCounts({1910: 9, 1913: 3}, {}, {}, 0)
        facet = build_date_facet(_request(), counts, HELD, language="en")
        assert [(b.label, b.count, b.query_string) for b in facet.buckets][1:3] == [
            ("1911", 0, ""),
            ("1912", 0, ""),
        ]

    def test_many_years_are_decades_and_a_long_gap_is_one_row(self) -> None:
        counts = DateCounts({1823: 6, 1911: 2, 1919: 4}, {}, {}, 0)
        held = DateCounts({1823: 60, 1911: 2, 1919: 4}, {}, {}, 0)
        facet = build_date_facet(_request(), counts, held, language="en")
        assert [(b.label, b.count, b.share) for b in facet.shown] == [
            ("1820–1829", 6, 100),
            ("1830–1909", 0, 0),
            ("1910–1919", 6, 100),
        ]
        assert facet.shown[0].query_string.endswith("from=1820&to=1829")
        assert facet.shown[1].query_string == ""

    def test_few_hits_have_numbers_and_no_chart(self) -> None:
        counts = DateCounts({1823: 6, 1911: 2}, {}, {}, 0)
        facet = build_date_facet(_request(), counts, HELD, language="en")
        assert not facet.has_chart
        assert [bucket.iso for bucket in facet.shown] == ["1823", "1911"]

    def test_imprecise_dates_are_no_months_or_days(self) -> None:
        assert _facet("1923", "1923").vague == 25 - 15 - 2
        assert _facet("1923-05", "1923-05").vague == 15 - 12

    def test_undated_is_a_value(self) -> None:
        assert _facet().undated_query_string.endswith("&undated=1")
        chosen = replace(_request(), undated=True)
        facet = build_date_facet(chosen, COUNTS, HELD, language="en")
        assert facet.undated_selected
        assert "undated" not in facet.undated_query_string

    def test_bucket_leads_to_the_first_page(self) -> None:
        bucket = _facet().buckets[1]
        assert bucket.query_string == "q=%D9%86%D9%81%D8%B7&from=1923&to=1923"

    def test_year_has_its_own_months(self) -> None:
        facet = _facet("1923", "1923")
        assert [bucket.label for bucket in facet.buckets][4:6] == ["May", "June"]
        assert [bucket.count for bucket in facet.buckets][3:8] == [0, 15, 2, 0, 0]
        assert len(facet.buckets) == 12
        assert facet.broader_query_string == "q=%D9%86%D9%81%D8%B7"

    def test_month_has_its_own_days(self) -> None:
        facet = _facet("1923-05", "1923-05")
        counts = {bucket.label: bucket.count for bucket in facet.buckets}
        assert counts | {"14": 11, "20": 1} == counts
        assert (facet.broader_query_string or "").endswith("from=1923&to=1923")
        assert facet.broader_label == "1923"

    def test_selected_day_is_among_the_days_of_its_month(self) -> None:
        facet = _facet("1923-05-14", "1923-05-14")
        (selected,) = [bucket for bucket in facet.buckets if bucket.selected]
        assert (selected.iso, selected.label) == ("1923-05-14", "14")
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
        facet = build_date_facet(_request("1923", "1923"), nothing, HELD, language="ar")
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
