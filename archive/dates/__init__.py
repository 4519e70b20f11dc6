"""Dates as newspapers print them: parsed, kept with their precision, displayed.

Three calendars and four sets of month names. Pure: the standard library and hijridate.
`find_dates` looks for them in running text.
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
)
from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.hijri import LAST_HIJRI_YEAR, HijriDate
from archive.dates.months import Calendar
from archive.dates.parse import parse_date
from archive.dates.partial import MONTHS_IN_A_YEAR, PartialDate, Precision
from archive.dates.ranges import (
    FIRST_WEEKDAY,
    DateInText,
    ParsedRange,
    about,
    find_dates,
    format_hijri_range,
    format_range,
    parse_edge,
    parse_range,
)
from archive.dates.reading import ParsedDate
from archive.dates.stated import (
    FIRST_PRINTED_YEAR,
    ColumnDates,
    Doubt,
    DoubtKind,
    StatedDate,
    is_epoch,
    read_stated,
)

__all__ = [
    "FIRST_PRINTED_YEAR",
    "FIRST_WEEKDAY",
    "LAST_HIJRI_YEAR",
    "MONTHS_IN_A_YEAR",
    "Calendar",
    "ColumnDates",
    "DateInText",
    "DateNotUnderstood",
    "Digits",
    "Doubt",
    "DoubtKind",
    "HijriDate",
    "MonthStyle",
    "ParsedDate",
    "ParsedRange",
    "PartialDate",
    "Precision",
    "StatedDate",
    "Trouble",
    "about",
    "find_dates",
    "format_hijri",
    "format_hijri_range",
    "format_partial",
    "format_range",
    "hijri_line",
    "hijri_month_name",
    "is_epoch",
    "month_name",
    "parse_date",
    "parse_edge",
    "parse_range",
    "read_stated",
    "to_arabic_digits",
    "to_latin_digits",
]
