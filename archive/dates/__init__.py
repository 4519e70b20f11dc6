"""Arabic dates: reading what newspapers print, keeping what is known, showing it.

Standard library and `hijridate` only. Other packages import from here.
"""

from archive.dates.digits import to_arabic_digits, to_latin_digits
from archive.dates.display import (
    Digits,
    MonthStyle,
    format_hijri,
    format_partial,
    hijri_line,
    hijri_month_name,
    month_name,
    weekday_name,
)
from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import HijriDate
from archive.dates.months import Calendar
from archive.dates.parse import parse_date, parse_range
from archive.dates.partial import PartialDate, Precision
from archive.dates.reading import ParsedDate

__all__ = [
    "Calendar",
    "DateNotUnderstood",
    "Digits",
    "HijriDate",
    "MonthStyle",
    "ParsedDate",
    "PartialDate",
    "Precision",
    "Trouble",
    "format_hijri",
    "format_partial",
    "hijri_line",
    "hijri_month_name",
    "month_name",
    "parse_date",
    "parse_range",
    "to_arabic_digits",
    "to_latin_digits",
    "weekday_name",
]
