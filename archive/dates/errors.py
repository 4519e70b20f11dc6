"""The error for a text that is not a date, with a translatable message."""

import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Final

# Characters of the text that a message quotes.
MAX_EXCERPT_LENGTH: Final = 40


def gettext_noop(message: str) -> str:
    """The message itself, marked for `makemessages` by the name of this function.

    The package does not import Django.

    >>> gettext_noop("The text is too long for a date.")
    'The text is too long for a date.'
    """
    return message


class Trouble(StrEnum):
    """The kinds of error; the values are the English messages to be translated."""

    EMPTY = gettext_noop("There is no date here.")
    TOO_LONG = gettext_noop("“%(piece)s” is too long for a date.")
    WORD = gettext_noop("“%(piece)s” is not understood as part of a date.")
    HALF_A_MONTH = gettext_noop(
        "More than one month is called “%(piece)s”: write its full name."
    )
    ORDER = gettext_noop("“%(piece)s” does not read as a day, month and year.")
    NO_YEAR = gettext_noop("“%(piece)s” has no full year: write it with four digits.")
    DAY_FIRST = gettext_noop(
        "“%(piece)s” has no such month: write the day first, then the month."
    )
    IMPOSSIBLE = gettext_noop("There is no such date as “%(piece)s”.")
    MONTHS_DIFFER = gettext_noop("“%(piece)s” are not the same month: keep one.")
    CALENDARS_DIFFER = gettext_noop(
        "“%(piece)s” mixes the Gregorian and the Hijri calendar: "
        "write the whole date in one of them, with AD or AH after the year."
    )
    DATES_DIFFER = gettext_noop(
        "The Hijri and the Gregorian date in “%(piece)s” are not the same day: "
        "keep the right one."
    )
    VAGUE = gettext_noop(
        "“%(piece)s” does not say which days are meant: "
        "write the month or the year alone, or the first and the last day."
    )
    SEASON = gettext_noop(
        "“%(piece)s” is a season, whose first and last day differ from one reckoning "
        "to another: write its months, for example June – August 1967."
    )
    RELATIVE = gettext_noop(
        "“%(piece)s” depends on the day on which it is read: write the date itself."
    )
    CENTURY = gettext_noop(
        "“%(piece)s” may be counted in either calendar: "
        "write AD or AH after the century."
    )
    APART = gettext_noop(
        "“%(piece)s” names dates that do not follow one another: write from … to … for "
        "all the days between them, or search for one date at a time."
    )
    ONE_END = gettext_noop("“%(piece)s” names only one end of a span: write both.")
    BACKWARDS = gettext_noop("“%(piece)s” ends before it begins.")


EXAMPLES: Final = gettext_noop(
    "Write for example 3 February 2018, 02/2018, 2018 or 14 Ramadan 1445."
)


class DateNotUnderstood(ValueError):
    """The text is not a date: `trouble` is the reason, `piece` the part at fault.

    >>> print(DateNotUnderstood(Trouble.WORD, "قديم"))  # doctest: +ELLIPSIS
    “قديم” is not understood as part of a date. Write for example 3 February 2018, ...
    """

    def __init__(self, trouble: Trouble, piece: str = "") -> None:
        self.trouble = trouble
        self.piece = _printable(piece)
        super().__init__(trouble, self.piece)

    def __str__(self) -> str:
        return self.sentence()

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The message, with examples of dates; pass `gettext` to translate it.

        >>> DateNotUnderstood(Trouble.EMPTY).sentence(str.upper)[:22]
        'THERE IS NO DATE HERE.'
        """
        message = translate(self.trouble.value)
        return f"{message % {'piece': self.piece}} {translate(EXAMPLES)}"


def _printable(piece: str) -> str:
    """The text cut with an ellipsis, without controls and lone surrogates."""
    shown = "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(letter) in {"Cs", "Cc"}
        else letter
        for letter in " ".join(piece.split())
        if unicodedata.category(letter) != "Cf"
    )
    return (
        shown if len(shown) <= MAX_EXCERPT_LENGTH else shown[:MAX_EXCERPT_LENGTH] + "…"
    )
