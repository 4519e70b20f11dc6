"""Dates in running text."""

import pytest

from archive.dates import find_dates


class TestFindDates:
    @pytest.mark.parametrize(
        ("text", "printed", "first_day"),
        [
            ("صدر في 25 شباط 2021.", "25 شباط 2021", "2021-02-25"),
            ("في ٢٥ شباط/فبراير ٢٠٢١ م", "٢٥ شباط/فبراير ٢٠٢١ م", "2021-02-25"),
            ("١٥ آذار (مارس) ١٩٢٣ وقال", "١٥ آذار (مارس) ١٩٢٣", "1923-03-15"),
            ("السابع من أيار 1948", "السابع من أيار 1948", "1948-05-07"),
            ("غرّة محرم 1345 هـ", "محرم 1345 هـ", "1926-07-11"),
            ("خلال تشرين الثاني 1956", "تشرين الثاني 1956", "1956-11-01"),
            ("on May 5, 1923 he", "May 5, 1923", "1923-05-05"),
            ("يوم 14/2/1958 أُعلن", "14/2/1958", "1958-02-14"),
            ("منذ عام 1917م", "عام 1917م", "1917-01-01"),
        ],
    )
    def test_date_with_a_year_is_read(
        self, text: str, printed: str, first_day: str
    ) -> None:
        (date,) = find_dates(text)
        assert date.printed == printed == text[date.start : date.end]
        assert date.reading is not None
        assert date.reading.first_day.isoformat() == first_day

    @pytest.mark.parametrize(
        ("text", "month", "days"),
        [
            ("ليلة 25/26 شباط الماضي", 2, (25, 26)),
            ("وفي 8 آذار المنصرم", 3, (8,)),
            ("الحادي والعشرين من رمضان", 9, (21,)),
        ],
    )
    def test_date_without_a_year_gets_none(
        self, text: str, month: int, days: tuple[int, ...]
    ) -> None:
        (date,) = find_dates(text)
        assert date.month is not None
        assert (date.month.number, date.days, date.reading) == (month, days, None)

    @pytest.mark.parametrize(
        "text",
        [
            "من آب وأم",
            "قال ناصر الدين",
            "It may be",
            "25 كانون",
            "12345/6",
            "٣٤٥ شباط",
            "",
        ],
    )
    def test_word_is_no_month(self, text: str) -> None:
        assert find_dates(text) == []
