"""Labels of the date chart: what each of its periods is called, in either calendar.

The periods are Gregorian, as the index counts them: a year lies in two Hijri years, and
a month in two Hijri months.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings

from archive.dates import (
    Digits,
    HijriDate,
    PartialDate,
    hijri_month_name,
    month_name,
    to_arabic_digits,
)
from archive.templatetags.display import names_of_months_in_lists
from search.request import ChartCalendar

DASH: Final = "–"


class Labels:
    """Labels in *language*, short enough to stand beside a bar."""

    def __init__(self, calendar: ChartCalendar, language: str) -> None:
        self._is_hijri = calendar is ChartCalendar.HIJRI
        self._language = language

    def of_date(self, date: PartialDate) -> str:
        """The last part of the date: the year, the name of the month, or the day.

        >>> from django.utils.translation import override
        >>> with override("ar"):
        ...     hijri = Labels(ChartCalendar.HIJRI, "ar")
        ...     [
        ...         hijri.of_date(PartialDate.from_iso(iso))
        ...         for iso in ("1923", "1923-05", "1923-05-01")
        ...     ]
        ['1341–1342', 'رمضان–شوال', '15 رمضان']
        """
        if self._is_hijri and (found := self._hijri(date)):
            return found
        if date.month and not date.day:
            return month_name(
                date.month, self._language, months=names_of_months_in_lists()
            )
        return self._digits(date.day or date.year)

    def of_years(self, first: int, last: int) -> str:
        """The years from *first* to *last*, as the calendar has them.

        >>> Labels(ChartCalendar.HIJRI, "ar").of_years(1900, 1909)
        '1317–1327'
        """
        first_day, last_day = dt.date(first, 1, 1), dt.date(last, 12, 31)
        ends = HijriDate.from_day(first_day), HijriDate.from_day(last_day)
        if self._is_hijri and ends[0] and ends[1]:
            first, last = ends[0].year, ends[1].year
        return DASH.join(map(self._digits, (first, last)))

    def _hijri(self, date: PartialDate) -> str:
        """The Hijri years, months or day of *date*; ``""`` where there are none."""
        ends = [HijriDate.from_day(day) for day in (date.first_day(), date.last_day())]
        first, last = ends
        if first is None or last is None:
            return ""
        if date.month is None:
            return self.of_years(date.year, date.year)
        names = [
            hijri_month_name(end.month, self._language)
            for end in (first, last)
            if end.month
        ]
        if date.day and first.day:
            return f"{self._digits(first.day)} {names[0]}"
        return DASH.join(dict.fromkeys(names))

    def _digits(self, number: int) -> str:
        """The number without separators, in the digits of the site."""
        is_arabic = self._language == "ar" and settings.DIGITS == Digits.ARABIC
        return to_arabic_digits(str(number)) if is_arabic else str(number)
