"""The day of the week that a text names, to be compared with its date."""

from functools import cache
from typing import Final

from archive.dates.scan import fold, scan

# From Monday, as `datetime.date.weekday` counts.
_NAMES: Final = (
    "الاثنين، الإثنين، Monday، Mon، lundi",
    "الثلاثاء، الثلثاء، الثلاثا، Tuesday، Tue، Tues، mardi",
    "الأربعاء، الاربعا، Wednesday، Wed، mercredi",
    "الخميس، Thursday، Thu، Thurs، jeudi",
    "الجمعة، Friday، Fri، vendredi",
    "السبت، Saturday، Sat، samedi",
    "الأحد، Sunday، Sun، dimanche",
)


def find_weekday(text: str) -> int | None:
    """The first day of the week that the text names, 0 for Monday; None for none.

    >>> find_weekday("السبت 2 مارس 2021"), find_weekday("2 مارس 2021")
    (5, None)
    """
    for lexeme in scan(text):
        if lexeme.folded in _weekdays():
            return _weekdays()[lexeme.folded]
    return None


@cache
def _weekdays() -> dict[str, int]:
    return {
        fold(name): number
        for number, names in enumerate(_NAMES)
        for name in names.split("، ")
    }
