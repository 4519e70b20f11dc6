"""The phrases of a date: months, eras, days in words, and words without meaning."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from archive.dates.months import Calendar, Month, month_spellings
from archive.dates.scan import DASH, Lexeme, LexemeKind, scan

_ARABIC_WEEKDAYS: Final = (
    "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد",
)  # fmt: skip
_ENGLISH_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

_ERAS: Final = {
    Calendar.GREGORIAN: "م، ميلادي، ميلادية، الميلادي، الميلادية، للميلاد، AD، CE",
    Calendar.HIJRI: "هـ، هجري، هجرية، الهجري، الهجرية، للهجرة، AH",
}

# Words without meaning for the date: weekdays (not checked, since newspapers print
# wrong ones), linking words, honorifics of Hijri months, English ordinal endings.
_IGNORED: Final = (
    "الثلثاء، الثلاثا، الإثنين، يوم، اليوم، ليلة، صباح، مساء، بتاريخ، تاريخ، في، من، "
    "خلال، أثناء، during، "
    "شهر، لشهر، شهري، سنة، لسنة، سنتي، عام، لعام، عامي، "
    "الموافق، موافق، الموافقة، للموافق، الموافق لـ، "
    "الحرام، الخير، المظفر، المرجب، الأنور، المبارك، المعظم، المكرم، "
    "الفرد، الأصب، المحترم، "
    "Mon، Tue، Tues، Wed، Thu، Thurs، Fri، Sat، Sun، "
    "lundi، mardi، mercredi، jeudi، vendredi، samedi، dimanche، "
    "on، the، of، corresponding to، le، st، nd، rd، th، er"
)

# Days of the month in words; غرة and سلخ are the first and the last day of a Hijri
# month, and in Tunis and Rabat غرة ماي is the first of May.
_FIRST_DAY: Final = "أول، الأول، غرة"
_LAST_DAY: Final = (
    "آخر، سلخ، منسلخ، انسلاخ، آخر يوم، آخر أيام، اليوم الأخير، last day، the last day"
)
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
    """The meaning of a phrase: a month, an era or a day; nothing for ignored words.

    `is_last_day` is the last day of a month, whichever number it has.
    """

    month: Month | None = None
    era: Calendar | None = None
    day: int | None = None
    is_last_day: bool = False


def match_phrase(lexemes: list[Lexeme], start: int) -> tuple[Meaning, int] | None:
    """The meaning of the longest phrase at index *start*, and the index after it.

    None where no phrase begins there.

    >>> meaning, after = match_phrase(scan("كانون الثاني 2018"), 0)
    >>> meaning.month.number, after
    (1, 2)
    >>> match_phrase(scan("كانون 2018"), 0) is None
    True
    """
    best: tuple[Meaning, int] | None = None
    words: list[str] = []
    for index in range(start, len(lexemes)):
        lexeme = lexemes[index]
        if lexeme.text == DASH and words:
            continue  # Rabi al-Awwal
        if lexeme.kind is LexemeKind.SIGN or len(words) == _MAX_PHRASE_WORDS:
            break
        words.append(lexeme.folded)
        meaning = _phrases().get(tuple(words))
        if meaning is not None:
            best = meaning, index + 1
    return best


def is_month_prefix(word: str) -> bool:
    """Whether a folded word is the first word of longer month names, such as تشرين.

    >>> is_month_prefix("تشرين"), is_month_prefix("شباط")
    (True, False)
    """
    return any(
        phrase[0] == word and len(phrase) > 1 and meaning.month is not None
        for phrase, meaning in _phrases().items()
    )


@cache
def _phrases() -> dict[tuple[str, ...], Meaning]:
    """All phrases by their folded words; months override other meanings."""
    phrases: dict[tuple[str, ...], Meaning] = {}
    for spelling, meaning in (*_other_phrases(), *_month_phrases()):
        words = tuple(lexeme.folded for lexeme in scan(spelling) if lexeme.text != DASH)
        phrases[words] = meaning
    return phrases


def _month_phrases() -> Iterator[tuple[str, Meaning]]:
    for spelling, month in month_spellings():
        yield spelling, Meaning(month=month)


def _other_phrases() -> Iterator[tuple[str, Meaning]]:
    for word in (*_IGNORED.split("، "), *_ARABIC_WEEKDAYS, *_ENGLISH_WEEKDAYS):
        yield word, Meaning()
    for calendar, eras in _ERAS.items():
        for era in eras.split("، "):
            yield era, Meaning(era=calendar)
    for spelling, day in _days_in_words():
        yield spelling, Meaning(day=day)
    for spelling in _LAST_DAY.split("، "):
        yield spelling, Meaning(is_last_day=True)


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
