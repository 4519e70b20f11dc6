"""``manage.py concordance QUERY``: the words of a search, each in its context."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from archive.help_format import ExampleCommand
from search.concordance import (
    PlacedLine,
    iter_lines,
    list_labels,
    read_options,
    write_table,
)
from search.engines.corpus import ContextOrder
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
DEFAULT_LINES: Final = 100

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py concordance قطن --order after             by the words after it\n"
    "  manage.py concordance '\"مجلس الوزراء\"' --from 1920 --to 1930\n"
    "  manage.py concordance قطن --by-lemma --order before --csv > qutn.csv\n"
    "  manage.py concordance قطن --limit 1000 --json | jq .after\n"
    "Exit status: 0 also where nothing is found, 1 the index cannot be read, 2 the"
    " search cannot be read."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Print each place where the words of a search stand, with the words around it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("query", help=_("as in the search box of the site"))
        add_filter_arguments(parser)
        add_date_arguments(parser)
        add_level_argument(parser)
        orders = [order.value for order in ContextOrder]
        add("--order", choices=orders, default=ContextOrder.OLDEST.value)
        add(
            "--by-lemma",
            action="store_true",
            help=_("sort words by their dictionary forms"),
        )
        add(
            "--limit",
            type=int,
            default=DEFAULT_LINES,
            metavar="N",
            help=_("print at most N lines (default: %(default)s)"),
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
                lines = list(find(options))
            except QueryTooExpensive as error:
                raise CommandError(str(error), returncode=BAD_SEARCH) from error
            except IndexUnavailable as error:
                raise CommandError(str(error), returncode=NO_INDEX) from error
            self.print_lines(lines, options)

    def print_lines(
        self, lines: Iterable[PlacedLine], options: Mapping[str, Any]
    ) -> None:
        """Print the lines in the format that *options* name."""
        if options["csv"]:
            for row in write_table(lines, ""):
                self.stdout.write(row, ending="")
            return
        for placed in lines:
            self.stdout.write(
                json.dumps(build_json(placed), ensure_ascii=False)
                if options["json"]
                else write_plain(placed)
            )


def find(options: Mapping[str, Any]) -> Iterator[PlacedLine]:
    """The lines; raises CommandError where the search cannot be read."""
    form = SearchForm(build_parameters(options))
    if not form.is_valid():
        raise CommandError(describe_errors(form), returncode=BAD_SEARCH)
    labels = list_labels(form.search_request.query)
    if not labels:
        raise CommandError(
            _("This search has no word of a text: write a word or a phrase."),
            returncode=BAD_SEARCH,
        )
    chosen = {"order": options["order"], "by": "lemma" if options["by_lemma"] else ""}
    order = read_options(chosen, words=len(labels))
    return iter_lines(form.search_request, order, most=max(0, options["limit"]))


def build_json(placed: PlacedLine) -> dict[str, object]:
    """The line as a JSON object; ``date`` is ISO or null."""
    article, line = placed.article, placed.line
    return {
        "asked_for": placed.query,
        "before": line.before,
        "proclitics": line.proclitics,
        "word": line.word,
        "after": line.after,
        "article": article.pk,
        "title": article.title,
        "source": article.source.slug,
        "date": article.published.iso() if article.published else None,
        "address": placed.address,
    }


def write_plain(placed: PlacedLine) -> str:
    """The line for a terminal, the word in angle quotes, with article and date."""
    line, article = placed.line, placed.article
    day = article.published.iso() if article.published else _("undated")
    word = f"{line.before} «{line.proclitics}{line.word}» {line.after}".strip()
    return f"[{article.pk}, {day}] {word}"
