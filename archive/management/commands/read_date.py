"""`manage.py read_date TEXT…`: tells which days a stated date names."""

import datetime as dt
import json
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.dates import ColumnDates, StatedDate, read_stated
from archive.help_format import ExampleCommand

NOT_READ: Final = 1

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py read_date '25/26 شباط 2021'\n"
    "  manage.py read_date 3/5/2021 3/25/2021 --column --json\n"
    "Exit status: 0 each text is a date, 1 one of them is not."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Read dates as an import reads them: the first and the last day, how exact the"
        " text is, its calendar, and every doubt in a sentence. Nothing is stored."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", nargs="+", help=_("a date as it is written"))
        parser.add_argument(
            "--column",
            action="store_true",
            help=_("the texts are one column, whose cells explain each other"),
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help=_("print JSON: an object for one text, a list for several"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        texts = options["text"]
        column = ColumnDates.of(texts) if options["column"] else ColumnDates()
        today = dt.date.today()
        stated = [read_stated(text, today=today, column=column) for text in texts]
        if options["json"]:
            values = [as_json(date) for date in stated]
            printed = values[0] if len(values) == 1 else values
            self.stdout.write(json.dumps(printed, ensure_ascii=False))
        else:
            for date in stated:
                self.stdout.write("\n".join(describe(date)))
        unread = sum(date.start is None for date in stated)
        if unread:
            raise CommandError(
                _("Texts that are no date: %(count)s.") % {"count": unread},
                returncode=NOT_READ,
            )


def as_json(date: StatedDate) -> dict[str, object]:
    """The date as JSON values; days are ISO 8601, null where none was read.

    >>> as_json(read_stated("شباط 2021"))["end"]
    '2021-02-28'
    """
    return {
        "printed": date.printed,
        "start": date.start and date.start.isoformat(),
        "end": date.end and date.end.isoformat(),
        "date": date.partial.iso() if date.partial else None,
        "precision": date.precision.value,
        "calendar": date.calendar and date.calendar.value,
        "doubts": [
            {"code": doubt.code, "message": doubt.sentence(_)} for doubt in date.doubts
        ],
    }


def describe(date: StatedDate) -> list[str]:
    """The lines that are printed for a date.

    >>> describe(read_stated("شباط 2021"))
    ['شباط 2021: 2021-02-01 – 2021-02-28 (month, gregorian)']
    """
    if date.start is None or date.calendar is None:
        head = f"{date.printed}: —"
    else:
        facts = f"{date.precision.value}, {date.calendar.value}"
        head = f"{date.printed}: {date.start} – {date.end} ({facts})"
    return [head, *(f"    {doubt.sentence(_)}" for doubt in date.doubts)]
