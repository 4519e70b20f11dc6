"""``manage.py compare_searches FIRST SECOND``: two searches side by side."""

import json
from collections.abc import Iterator
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from archive.help_format import ExampleCommand
from search import searcher
from search.comparing import (
    SideBySide,
    compare,
    rate,
    write_articles,
    write_periods,
    write_words,
)
from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import SearchForm
from search.management.search_arguments import add_language_argument, describe_errors
from search.request import SearchRequest

NO_INDEX: Final = 1
BAD_SEARCH: Final = 2
TABLES: Final = {
    "articles": write_articles,
    "periods": write_periods,
    "words": write_words,
}
# Words of each side on a terminal.
SHOWN_WORDS: Final = 15

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py compare_searches قطن حرير\n"
    "  manage.py compare_searches '?actor=baghdad' '?actor=basra&from=1920'\n"
    "  manage.py compare_searches قطن '?'               with the whole archive\n"
    "  manage.py compare_searches قطن حرير --csv words > words.csv\n"
    "  manage.py compare_searches قطن حرير --json | jq .both\n"
    "Exit status: 0 also where nothing is found, 1 the index cannot be read, 2 a search"
    " cannot be read."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Print how many articles two searches find together and alone, and the words"
        " that set them apart by log-likelihood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        help_ = _(
            "a query, or “?” and what stands behind it in the address of a search"
        )
        parser.add_argument("first", help=help_)
        parser.add_argument("second", help=help_)
        output = parser.add_mutually_exclusive_group()
        output.add_argument(
            "--csv",
            choices=[*TABLES],
            help=_("print a table: articles, articles by period, or words"),
        )
        output.add_argument(
            "--json", action="store_true", help=_("print one JSON object")
        )
        add_language_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            requests = [read_search(options[name]) for name in ("first", "second")]
            try:
                found = compare(requests[0], requests[1])
            except QueryTooExpensive as error:
                raise CommandError(str(error), returncode=BAD_SEARCH) from error
            except IndexUnavailable as error:
                raise CommandError(str(error), returncode=NO_INDEX) from error
            language = options["language"]
            labels = [
                searcher.describe_question(each, language=language) for each in requests
            ]
            if options["csv"]:
                for row in TABLES[options["csv"]](found, labels):
                    self.stdout.write(row, ending="")
            elif options["json"]:
                self.stdout.write(json.dumps(build_json(found), ensure_ascii=False))
            else:
                for line in iter_lines(found, labels):
                    self.stdout.write(line)


def read_search(text: str) -> SearchRequest:
    """The search of a query or of a query string; raises CommandError."""
    is_address = text.startswith("?")
    parameters = QueryDict(text[1:]) if is_address else {"q": text}
    form = SearchForm(parameters)
    if not form.is_valid():
        raise CommandError(describe_errors(form), returncode=BAD_SEARCH)
    return form.search_request


def build_json(found: SideBySide) -> dict[str, object]:
    """The comparison as a JSON object; periods are ISO dates, rates per 100,000."""
    return {
        "first": found.totals[0].total,
        "second": found.totals[1].total,
        "both": found.both.total,
        "first_alone": found.alone[0].total,
        "second_alone": found.alone[1].total,
        "periods": [
            {
                "from": row.period.first.iso(),
                "to": row.period.last.iso(),
                "first": row.counts[0],
                "second": row.counts[1],
                "held": row.held,
            }
            for row in found.periods
            if row.period
        ],
        "words": [
            {
                "side": side,
                "word": row.form,
                "first": row.counts[0],
                "second": row.counts[1],
                "g2": round(row.g2, 2),
            }
            for side, words in zip(("first", "second"), found.words, strict=True)
            for row in words
        ],
    }


def iter_lines(found: SideBySide, labels: list[str]) -> Iterator[str]:
    """The numbers, then the words of each side, in columns that tabs separate."""
    yield f"{labels[0]}\t{found.totals[0].total}"
    yield f"{labels[1]}\t{found.totals[1].total}"
    yield f"{_('in both')}\t{found.both.total}"
    yield f"{_('in the first alone')}\t{found.alone[0].total}"
    yield f"{_('in the second alone')}\t{found.alone[1].total}"
    for label, words in zip(labels, found.words, strict=True):
        yield ""
        yield "\t".join([label, *labels, "G2"])
        for row in words[:SHOWN_WORDS]:
            yield "\t".join([row.form, *map(rate, row.rates), f"{row.g2:.1f}"])
