"""The phrases of relative dates, as regular expressions over folded words.

Each phrase is a rule: what it matches, and the days from the match and the day on which
it is read.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

from archive.dates.ranges import spans
from archive.dates.ranges.spans import Days, Unit
from archive.dates.scan import fold

Key = TypeVar("Key")
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Days]]

# Days before today.
_NAMED_DAYS: Final = {
    0: "اليوم، هذا اليوم، الآن، today، now",
    1: "أمس، الأمس، بالأمس، البارحة، البارح، يوم أمس، ليلة أمس، مساء أمس، صباح أمس، "
    "yesterday",
    2: "أول أمس، أول من أمس، أمس الأول، قبل أمس، أول البارحة، قبل البارحة، "
    "day before yesterday، the day before yesterday",
}
_UNITS: Final = {
    Unit.DAY: "يوم، أيام، يوما، day، days",
    Unit.WEEK: "أسبوع، أسابيع، أسبوعا، week، weeks",
    Unit.MONTH: "شهر، أشهر، شهور، شهرا، month، months",
    Unit.YEAR: "سنة، سنوات، سنين، عام، أعوام، عاما، year، years",
}
_DUALS: Final = {
    Unit.DAY: "يومين، يومان",
    Unit.WEEK: "أسبوعين، أسبوعان",
    Unit.MONTH: "شهرين، شهران",
    Unit.YEAR: "سنتين، سنتان، عامين، عامان",
}
_NUMBERS: Final = {
    1: "a، an، one",
    2: "اثنين، اثنتين، اثنان، two",
    3: "ثلاثة، ثلاث، three",
    4: "أربعة، أربع، four",
    5: "خمسة، خمس، five",
    6: "ستة، ست، six",
    7: "سبعة، سبع، seven",
    8: "ثمانية، ثماني، ثمان، eight",
    9: "تسعة، تسع، nine",
    10: "عشرة، عشر، ten",
}
# From Monday, as in `datetime.date.weekday`.
_WEEKDAYS: Final = (
    "الاثنين، الإثنين، Monday", "الثلاثاء، الثلثاء، Tuesday",
    "الأربعاء، Wednesday", "الخميس، Thursday", "الجمعة، Friday",
    "السبت، Saturday", "الأحد، Sunday",
)  # fmt: skip
_PAST_WORDS: Final = (
    "الماضي، الماضية، الماضيين، الماضيتين، الفائت، الفائتة، الفائتين، المنصرم، "
    "المنصرمة، المنصرمين، المنقضي، المنقضية، السابق، السابقة"
)
# «الشهر الأخير» may be the month before this one or the last thirty days.
_LAST_WORDS: Final = f"{_PAST_WORDS}، الأخيرة، الأخيرين، الأخيرتين"
_PRESENT_WORDS: Final = "الحالي، الحالية، الجاري، الجارية، الراهن، الراهنة، هذا، هذه"


def _fold_words(phrase: str) -> str:
    return " ".join(map(fold, phrase.split()))


def _any_of(words: str) -> str:
    """The folded words as alternatives, longer ones first."""
    folded = {_fold_words(word) for word in words.split("، ")}
    return "(?:" + "|".join(sorted(folded, key=len, reverse=True)) + ")"


_UNIT: Final = "(?P<unit>" + _any_of("، ".join(_UNITS.values())) + ")"
_DUAL: Final = "(?P<dual>" + _any_of("، ".join(_DUALS.values())) + ")"
_COUNT: Final = (
    "(?P<count>[1-9][0-9]{0,3}|" + _any_of("، ".join(_NUMBERS.values())) + ")"
)
_WEEKDAY: Final = "(?P<weekday>" + _any_of("، ".join(_WEEKDAYS)) + ")"
PAST: Final = _any_of(_PAST_WORDS)
_LATEST_WORDS: Final = _any_of(_LAST_WORDS)
PRESENT: Final = _any_of(_PRESENT_WORDS)

# A whole unit, by how many it lies back: الشهر الماضي, this year, الأسبوع قبل الماضي.
_WHOLE_UNITS: Final = {
    0: (
        rf"(?:هذا|هذه) ال{_UNIT}", rf"ال{_UNIT} {PRESENT}",
        rf"(?:this|the current|current) {_UNIT}",
    ),
    1: (rf"ال{_UNIT} {PAST}", rf"(?:the )?(?:last|previous) {_UNIT}"),
    2: (rf"ال{_UNIT} (?:ما )?قبل {PAST}", rf"(?:the )?{_UNIT} before last"),
}  # fmt: skip
_AGO: Final = (
    rf"(?:قبل|منذ) (?:{_COUNT} )?{_UNIT}", rf"(?:قبل|منذ) {_DUAL}",
    rf"{_COUNT} {_UNIT} ago",
)  # fmt: skip
_LATEST: Final = (
    rf"اخر {_COUNT} {_UNIT}", rf"اخر {_DUAL}",
    rf"ال{_UNIT} ال ?{_COUNT} {_LATEST_WORDS}",
    rf"ال{_UNIT} {_LATEST_WORDS} ال ?{_COUNT}",
    rf"ال ?{_COUNT} {_UNIT} {_LATEST_WORDS}", rf"ال{_DUAL} {_LATEST_WORDS}",
    rf"(?:the )?(?:last|past|previous) {_COUNT} {_UNIT}", rf"(?:the )?past {_UNIT}",
)  # fmt: skip
_LAST_WEEKDAYS: Final = (
    rf"(?:يوم |ليله )?{_WEEKDAY} {PAST}", rf"last {_WEEKDAY}",
)  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """All rules; the first that matches a whole text holds.

    >>> today = dt.date(2026, 11, 30)
    >>> days = [take(found, today) for pattern, take in rules()
    ...         if (found := pattern.fullmatch("الشهر الماضي"))]
    >>> str(days[0][0])
    '2026-10-01'
    """
    named = {
        _fold_words(word): back
        for back, row in _NAMED_DAYS.items()
        for word in row.split("، ")
    }
    found: list[Rule] = [
        (
            re.compile("(?P<named>" + "|".join(map(re.escape, named)) + ")"),
            lambda match, today: spans.unit_before(
                today, Unit.DAY, named[match["named"]]
            ),
        )
    ]
    for back, patterns in _WHOLE_UNITS.items():
        found += [(re.compile(each), _take_whole(back)) for each in patterns]
    found += [(re.compile(each), _take_counted(spans.ago)) for each in _AGO]
    found += [(re.compile(each), _take_counted(spans.latest)) for each in _LATEST]
    found += [(re.compile(each), _take_weekday) for each in _LAST_WEEKDAYS]
    return tuple(found)


def _take_whole(back: int) -> Callable[[re.Match[str], dt.date], Days]:
    return lambda match, today: spans.unit_before(today, _unit(match["unit"]), back)


def _take_counted(
    count: Callable[[dt.date, Unit, int], Days],
) -> Callable[[re.Match[str], dt.date], Days]:
    def take(match: re.Match[str], today: dt.date) -> Days:
        groups = match.groupdict()
        if groups.get("dual"):
            return count(today, _look_up(_DUALS, groups["dual"]), 2)
        number = groups.get("count") or "1"
        value = int(number) if number.isdigit() else _look_up(_NUMBERS, number)
        return count(today, _unit(groups["unit"]), value)

    return take


def _take_weekday(match: re.Match[str], today: dt.date) -> Days:
    return spans.weekday_before(
        today, _look_up(dict(enumerate(_WEEKDAYS)), match["weekday"])
    )


def _unit(word: str) -> Unit:
    return _look_up(_UNITS, word)


def _look_up(table: dict[Key, str], word: str) -> Key:
    return next(
        key
        for key, row in table.items()
        if word in {fold(spelling) for spelling in row.split("، ")}
    )
