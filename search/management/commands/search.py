"""``manage.py search QUERY``: the results page on a terminal or for a program."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from archive.help_format import ExampleCommand
from search import searcher
from search.errors import IndexUnavailable, QueryTooExpensive
from search.forms import SearchForm
from search.management.results_json import (
    build_json,
)
from search.management.results_text import (
    ANGLE_QUOTES,
    BOLD,
    iter_text,
    past_end,
)
from search.management.search_arguments import (
    add_date_arguments,
    add_filter_arguments,
    add_language_argument,
    add_level_argument,
    build_parameters,
    describe_errors,
)
from search.request import Sort
from search.results.model import SearchResults

NO_INDEX: Final = 1
BAD_SEARCH: Final = 2

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py search 'صحافة بغداد'                all words, in any form\n"
    "  manage.py search '\"حرية الصحافة\" -مصر'        a phrase, without a word\n"
    "  manage.py search دجلة --from 1920 --to 'آذار 1923' --sort oldest\n"
    "  manage.py search --actor taha-husayn --topic press --facets\n"
    "  manage.py search --actor baghdad --not-actor basra --undated\n"
    "  manage.py search 'عنوان:نهر' --page 2 --json | jq '.rows[].id'\n"
    "  manage.py search -- -مصر                      a query that begins with -\n"
    "Exit status: 0 also where nothing is found, 1 the index cannot be read, 2 the"
    " search cannot be read."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Search the archive and print what the results page shows: the number of"
        " articles, and of twenty of them number, title, date, source and passages."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("query", nargs="?", default="", help=_("as in the search box of the site"))
        add_filter_arguments(parser)
        add_date_arguments(parser)
        add_level_argument(parser)
        add("--sort", choices=[sort.value for sort in Sort], default="")
        add("--page", type=int, default=1, metavar="N", help=_("from 1, of 20 each"))
        add("--facets", action="store_true", help=_("count by facet and date, too"))
        add("--json", action="store_true", help=_("print one JSON object"))
        add_language_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            form = SearchForm(build_parameters(options))
            page = find(form, options["language"])
            self.print_page(page, options)
            if not options["json"]:
                self.print_dates(form)

    def print_dates(self, form: SearchForm) -> None:
        """Print how the two dates were read, after the results."""
        labels = {"date_from": _("From"), "date_to": _("To")}
        for name, box in form.date_boxes().items():
            if box.reading:
                self.stdout.write(f"{labels[name]}: {box.text} = {box.reading.plain}")

    def print_page(self, page: SearchResults, options: Mapping[str, Any]) -> None:
        """Print the page in the format that *options* name."""
        if options["json"]:
            page_json = build_json(page, with_facets=options["facets"])
            self.stdout.write(json.dumps(page_json, ensure_ascii=False))
            return
        on_terminal = self.stdout.isatty() and not options["no_color"]
        tags = BOLD if on_terminal else ANGLE_QUOTES
        for line in iter_text(page, tags=tags, with_facets=options["facets"]):
            self.stdout.write(line)


def find(form: SearchForm, language: str) -> SearchResults:
    """The results page of the form; raises CommandError where there is none."""
    if not form.is_valid():
        raise CommandError(describe_errors(form), returncode=BAD_SEARCH)
    try:
        page = searcher.run(form.search_request, language=language)
    except QueryTooExpensive as error:
        raise CommandError(str(error), returncode=BAD_SEARCH) from error
    except IndexUnavailable as error:
        raise CommandError(str(error), returncode=NO_INDEX) from error
    if message := past_end(page):
        raise CommandError(message, returncode=BAD_SEARCH)
    return page
