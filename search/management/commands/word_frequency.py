"""``manage.py word_frequency WORD…``: how often words occur, by period or source."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from archive.help_format import ExampleCommand
from search.comparing import (
    MOST_WORDS,
    Asked,
    Frequencies,
    Grain,
    count_frequencies,
    iter_records,
    period_label,
    rate,
    write_frequencies,
)
from search.engines.corpus import list_words
from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import SearchForm
from search.management.search_arguments import (
    add_date_arguments,
    add_filter_arguments,
    add_language_argument,
    add_level_argument,
    build_parameters,
    describe_errors,
)

NO_INDEX: Final = 1
BAD_SEARCH: Final = 2

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py word_frequency قطن حرير                two words\n"
    "  manage.py word_frequency '\"مجلس الوزراء\"' --from 1920 --grain month\n"
    "  manage.py word_frequency قطن --csv > qutn.csv    by month, source and word\n"
    "  manage.py word_frequency قطن --json | jq .per_100000\n"
    "Exit status: 0 also where nothing is found, 1 the index cannot be read, 2 a word"
    " cannot be read."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Print how often words and phrases occur, relative to the words that the"
        " archive holds, by period; as a table or JSON by month and source."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        help_ = _("as in the search box of the site; at most %(most)s of them")
        add("words", nargs="+", metavar="WORD", help=help_ % {"most": MOST_WORDS})
        add_filter_arguments(parser)
        add_date_arguments(parser)
        add_level_argument(parser)
        add(
            "--grain",
            choices=[grain.value for grain in Grain],
            help=_("length of the periods (default: what fits)"),
        )
        output = parser.add_mutually_exclusive_group()
        output.add_argument("--csv", action="store_true", help=_("print a table"))
        output.add_argument(
            "--json", action="store_true", help=_("print one JSON object a line")
        )
        add_language_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            try:
                found = find(options)
            except QueryTooExpensive as error:
                raise CommandError(str(error), returncode=BAD_SEARCH) from error
            except IndexUnavailable as error:
                raise CommandError(str(error), returncode=NO_INDEX) from error
            if options["csv"]:
                for row in write_frequencies(found):
                    self.stdout.write(row, ending="")
                return
            lines: Iterable[str] = iter_lines(found)
            if options["json"]:
                records = iter_records(found)
                lines = (json.dumps(each, ensure_ascii=False) for each in records)
            for line in lines:
                self.stdout.write(line)


def find(options: dict[str, Any]) -> Frequencies:
    """The counts; raises CommandError where a word or a filter cannot be read."""
    words = list(dict.fromkeys(options["words"]))
    if len(words) > MOST_WORDS:
        message = _("More than %(most)s words: count them in parts.")
        raise CommandError(message % {"most": MOST_WORDS}, returncode=BAD_SEARCH)
    asked = []
    for word in words:
        form = SearchForm(build_parameters({**options, "query": word}))
        if not form.is_valid():
            raise CommandError(describe_errors(form), returncode=BAD_SEARCH)
        query = form.search_request.query
        if not list_words(query):
            message = _("“%(text)s” has no word of a text: write a word or a phrase.")
            raise CommandError(message % {"text": word}, returncode=BAD_SEARCH)
        asked.append(Asked(form.search_request.text, query))
    scope = SearchForm(build_parameters({**options, "query": ""}))
    scope.is_valid()
    grain = Grain(options["grain"]) if options["grain"] else None
    return count_frequencies(scope.search_request, asked, grain)


def iter_lines(found: Frequencies) -> Iterator[str]:
    """The periods as columns that tabs separate, and a line of all."""
    words = [series.text for series in found.series]
    yield "\t".join([_("period"), _("words held"), *words])
    for row in (*found.periods, found.vague):
        if row.period or row.articles:
            rates = [rate(cell.rate) for cell in row.cells]
            yield "\t".join([period_label(row.period), str(row.tokens), *rates])
    rates = [rate(series.total.rate) for series in found.series]
    yield "\t".join([_("in all"), str(found.tokens), *rates])
