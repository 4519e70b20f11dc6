"""Ranges of dates: two ends, double issues, halves of years, أمس and الشهر الماضي."""

from archive.dates.ranges.display import about, format_hijri_range, format_range
from archive.dates.ranges.in_text import DateInText, find_dates, with_year_of
from archive.dates.ranges.parse import parse_edge, parse_range
from archive.dates.ranges.parsed import ParsedRange
from archive.dates.ranges.spans import FIRST_WEEKDAY

__all__ = [
    "FIRST_WEEKDAY",
    "DateInText",
    "ParsedRange",
    "about",
    "find_dates",
    "format_hijri_range",
    "format_range",
    "parse_edge",
    "parse_range",
    "with_year_of",
]
