"""Doubts about a date that was read, or the reason why none was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from archive.dates.errors import DateNotUnderstood, gettext_noop


class DoubtKind(StrEnum):
    """The kinds of doubt; the values are what scripts read."""

    NOT_UNDERSTOOD = "not_understood"
    NOTHING = "nothing"
    ZERO = "zero"
    PARTLY_ZERO = "partly_zero"
    DAY_OR_MONTH = "day_or_month"
    MONTH_FIRST = "month_first"
    CALENDAR_GUESSED = "calendar_guessed"
    COMPUTED = "computed"
    WEEKDAY = "weekday"
    FUTURE = "future"
    BEFORE_PRINT = "before_print"
    EPOCH = "epoch"
    SERIAL = "serial"
    MAYBE_SERIAL = "maybe_serial"
    TWO_YEARS = "two_years"
    SEVERAL_DAYS = "several_days"
    UNCERTAIN = "uncertain"
    VAGUE = "vague_part"
    TWO_DIGIT_YEAR = "two_digit_year"
    CLOCK = "clock"
    PLACE = "place"


_SENTENCES: Final[Mapping[DoubtKind, str]] = {
    DoubtKind.NOTHING: gettext_noop("There is no date here."),
    DoubtKind.ZERO: gettext_noop(
        "“%(piece)s” is what programs write for no date, so none was read."
    ),
    DoubtKind.PARTLY_ZERO: gettext_noop(
        "The zeros of “%(piece)s” stand for what is not known."
    ),
    DoubtKind.DAY_OR_MONTH: gettext_noop(
        "“%(piece)s” can be read in more than one way; it was taken for %(date)s."
    ),
    DoubtKind.MONTH_FIRST: gettext_noop(
        "“%(piece)s” has the month before the day; it was taken for %(date)s."
    ),
    DoubtKind.CALENDAR_GUESSED: gettext_noop(
        "“%(piece)s” names no calendar; its year was taken for a Hijri one."
    ),
    DoubtKind.COMPUTED: gettext_noop(
        "The Gregorian days of “%(piece)s” are computed, and may be off by two days."
    ),
    DoubtKind.WEEKDAY: gettext_noop(
        "%(date)s was not the day of the week that “%(piece)s” names."
    ),
    DoubtKind.FUTURE: gettext_noop("%(date)s has not come yet."),
    DoubtKind.BEFORE_PRINT: gettext_noop(
        "%(date)s is older than any printed Arabic newspaper."
    ),
    DoubtKind.EPOCH: gettext_noop(
        "“%(piece)s” is the day from which programs count, and may stand for no date."
    ),
    DoubtKind.SERIAL: gettext_noop(
        "“%(piece)s” was read as a day counted by a spreadsheet: %(date)s."
    ),
    DoubtKind.MAYBE_SERIAL: gettext_noop(
        "“%(piece)s” may be a day counted by a spreadsheet (%(date)s) and was not read:"
        " a number alone is no date."
    ),
    DoubtKind.TWO_YEARS: gettext_noop("“%(piece)s” falls into more than one year."),
    DoubtKind.SEVERAL_DAYS: gettext_noop(
        "“%(piece)s” names more than one day; what is common to them is %(date)s."
    ),
    DoubtKind.UNCERTAIN: gettext_noop("“%(piece)s” is marked as uncertain."),
    DoubtKind.VAGUE: gettext_noop(
        "“%(piece)s” does not say which days are meant; all that may be were taken:"
        " %(date)s."
    ),
    DoubtKind.TWO_DIGIT_YEAR: gettext_noop(
        "“%(piece)s” does not tell the century of its year, so no date was read: write"
        " the year with four digits."
    ),
    DoubtKind.CLOCK: gettext_noop(
        "“%(piece)s” is no time of day; the date beside it was read without it."
    ),
    DoubtKind.PLACE: gettext_noop("“%(piece)s” before the date is no part of it."),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt, with the values of its sentence.

    `error` is that of the parser, of a text that was not understood.
    """

    kind: DoubtKind
    values: Mapping[str, str] = field(default_factory=dict)
    error: DateNotUnderstood | None = None

    @property
    def code(self) -> str:
        """The kind for scripts, or the parser's trouble: "impossible", "no_year"."""
        return self.error.trouble.name.lower() if self.error else self.kind.value

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The sentence; pass `gettext` to translate it.

        >>> Doubt(DoubtKind.FUTURE, {"date": "3021-05-01"}).sentence()
        '3021-05-01 has not come yet.'
        """
        if self.error is not None:
            return self.error.sentence(translate)
        return translate(_SENTENCES[self.kind]) % self.values
