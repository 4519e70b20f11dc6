"""What a word of a date means: a month, a calendar's mark, a day in words, or nothing.

Public: `Meaning`, `match_phrase`, `ARABIC_WEEKDAYS`, `ENGLISH_WEEKDAYS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from archive.dates.months import Calendar, Month, month_spellings
from archive.dates.scan import DASH, Lexeme, LexemeKind, scan

# Monday first, as datetime.date.weekday() counts.
ARABIC_WEEKDAYS: Final = (
    "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد",
)  # fmt: skip
ENGLISH_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

_ERAS: Final = {
    Calendar.GREGORIAN: "م، ميلادي، ميلادية، الميلادي، الميلادية، للميلاد، AD، CE",
    Calendar.HIJRI: "هـ، هجري، هجرية، الهجري، الهجرية، للهجرة، AH",
}

# Words that add nothing to a date: the day of the week (not checked, newspapers get it
# wrong), links, the honorifics of Hijri months, and endings of English ordinals.
_IGNORED: Final = (
    "الثلثاء، الثلاثا، الإثنين، يوم، اليوم، ليلة، صباح، مساء، بتاريخ، تاريخ، في، من، "
    "شهر، لشهر، سنة، لسنة، عام، لعام، الموافق، موافق، الموافقة، للموافق، الموافق لـ، "
    "الحرام، الخير، المبارك، المعظم، المكرم، الفرد، الأصب، المحترم، "
    "Mon، Tue، Tues، Wed، Thu، Thurs، Fri، Sat، Sun، "
    "lundi، mardi، mercredi، jeudi، vendredi، samedi، dimanche، "
    "on، the، of، corresponding to، le، st، nd، rd، th، er"
)

# The day in words; index 0 is the first. غرة is the first day of a Hijri month.
_FIRST_DAY: Final = "أول، الأول، غرة"
_UNITS: Final = (
    "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع",
)  # fmt: skip
_JOINED_UNITS: Final = ("الحادي", *_UNITS)
_TEN: Final = 10
_TWENTY: Final = 20
_THIRTY: Final = 30

_MAX_PHRASE_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """At most one of month, calendar and day; none of them for an empty word."""

    month: Month | None = None
    mark: Calendar | None = None
    day: int | None = None


def match_phrase(pieces: list[Lexeme], start: int) -> tuple[Meaning, int] | None:
    """What the longest known phrase from `start` means, and the index after it.

    >>> meaning, after = match_phrase(scan("كانون الثاني 2018"), 0)
    >>> meaning.month.number, after
    (1, 2)
    >>> match_phrase(scan("كانون 2018"), 0) is None
    True
    """
    best: tuple[Meaning, int] | None = None
    words: list[str] = []
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.text == DASH and words:
            continue  # Rabi al-Awwal
        if piece.form is LexemeKind.SIGN or len(words) == _MAX_PHRASE_WORDS:
            break
        words.append(piece.folded)
        meaning = _phrases().get(tuple(words))
        if meaning is not None:
            best = meaning, index + 1
    return best


def is_month_prefix(word: str) -> bool:
    """Whether a folded word is the first half of month names, as تشرين is.

    >>> is_month_prefix("تشرين"), is_month_prefix("شباط")
    (True, False)
    """
    return any(
        phrase[0] == word and len(phrase) > 1 and meaning.month is not None
        for phrase, meaning in _phrases().items()
    )


@cache
def _phrases() -> dict[tuple[str, ...], Meaning]:
    """Every known phrase by its folded words; months win over what they share."""
    phrases: dict[tuple[str, ...], Meaning] = {}
    for spelling, meaning in (*_other_phrases(), *_month_phrases()):
        words = tuple(piece.folded for piece in scan(spelling) if piece.text != DASH)
        phrases[words] = meaning
    return phrases


def _month_phrases() -> Iterator[tuple[str, Meaning]]:
    for spelling, month in month_spellings():
        yield spelling, Meaning(month=month)


def _other_phrases() -> Iterator[tuple[str, Meaning]]:
    for word in (*_IGNORED.split("، "), *ARABIC_WEEKDAYS, *ENGLISH_WEEKDAYS):
        yield word, Meaning()
    for calendar, marks in _ERAS.items():
        for mark in marks.split("، "):
            yield mark, Meaning(mark=calendar)
    for spelling, day in _days_in_words():
        yield spelling, Meaning(day=day)


def _days_in_words() -> Iterator[tuple[str, int]]:
    for spelling in _FIRST_DAY.split("، "):
        yield spelling, 1
    for number, word in enumerate(_UNITS, start=2):
        yield word, number
    yield "العاشر", _TEN
    for number, word in enumerate(_JOINED_UNITS, start=1):
        yield f"{word} عشر", _TEN + number
        for twenty in ("العشرون", "العشرين"):
            yield f"{word} و{twenty}", _TWENTY + number
    for ending in ("ون", "ين"):
        yield f"العشر{ending}", _TWENTY
        yield f"الثلاث{ending}", _THIRTY
        yield f"الحادي والثلاث{ending}", _THIRTY + 1
