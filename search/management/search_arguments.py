"""Arguments of commands that search: the filters, dates and levels of a search."""

from argparse import ArgumentTypeError
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.http import QueryDict
from django.utils.translation import gettext as _

from search.fields import FACETS
from search.forms import SearchForm
from search.query import Level
from search.request import ANY_KEY, EXCLUDED_PREFIX, UNDATED, UNDATED_KEY, WITHIN_KEYS


def add_filter_arguments(parser: CommandParser) -> None:
    """Add what each facet must and must not have."""
    add = parser.add_argument
    for field in FACETS:
        add(
            f"--{field.name}",
            action="append",
            default=[],
            metavar="SLUG",
            help=_(
                "%(facet)s, as in the address of its page, or ~ for not stated. "
                "Repeatable: all of them, of sources any"
            )
            % {"facet": field.singular},
        )
        add(
            f"--not-{field.name}",
            action="append",
            default=[],
            metavar="SLUG",
            help=_("%(facet)s that articles must not have. Repeatable")
            % {"facet": field.singular},
        )
    add(
        "--any",
        action="append",
        default=[],
        choices=[field.name for field in FACETS if field.has_many],
        help=_("of this facet any of the values is enough"),
    )
    _add_within_arguments(parser)


def _add_within_arguments(parser: CommandParser) -> None:
    for option, text in (
        ("within", _("another search that must find the articles: q=نفط&source=hayat")),
        ("not-within", _("another search that must not find them. Repeatable")),
    ):
        parser.add_argument(
            f"--{option}",
            action="append",
            default=[],
            type=_read_other,
            metavar="SEARCH",
            help=text,
        )


def _read_other(text: str) -> str:
    """Another search as an address has it; raises ArgumentTypeError for nothing."""
    form = SearchForm(QueryDict(text))
    if form.is_valid() and not form.search_request.query_string():
        sentence = _("“%(text)s” asks for nothing. Write it so: q=نفط&source=hayat")
        raise ArgumentTypeError(sentence % {"text": text})
    return text


def add_date_arguments(parser: CommandParser) -> None:
    """Add both ends of the period, and the day from which relative dates count."""
    add = parser.add_argument
    date_help = _(
        "a date as people write it: 1923, شباط 1923, 3/2/1923, رمضان 1345, الشهر الماضي"
    )
    add("--from", dest="date_from", default="", metavar="DATE", help=date_help)
    add("--to", dest="date_to", default="", metavar="DATE", help=date_help)
    add(
        "--undated",
        action="store_true",
        help=_("articles without a date: they alone, or beside those of the period"),
    )
    add(
        "--as-of",
        default="",
        metavar="DAY",
        help=_("the day from which أمس, last month and the like count: 2026-11-30"),
    )


def build_parameters(options: Mapping[str, Any]) -> QueryDict:
    """The options as the parameters of the results page."""
    parameters = QueryDict(mutable=True)
    # Python reads a byte of the command line that is not UTF-8 as a lone surrogate.
    query = options["query"].encode(errors="surrogateescape").decode(errors="replace")
    parameters["q"] = query
    parameters["from"] = options["date_from"]
    parameters["to"] = options["date_to"]
    parameters["as_of"] = options["as_of"]
    parameters["level"] = options["level"]
    parameters["sort"] = options.get("sort", "")
    parameters["page"] = str(options.get("page", 1))
    if options["undated"]:
        parameters[UNDATED_KEY] = UNDATED
    parameters.setlist(ANY_KEY, options["any"])
    for key, given in zip(WITHIN_KEYS, ("within", "not_within"), strict=True):
        parameters.setlist(key, options[given])
    for field in FACETS:
        parameters.setlist(field.name, options[field.name])
        excluded = options[f"not_{field.name}"]
        parameters.setlist(f"{EXCLUDED_PREFIX}{field.name}", excluded)
    return parameters


def add_level_argument(parser: CommandParser) -> None:
    """Add the level of words that have none of their own."""
    parser.add_argument(
        "--level",
        choices=[level.value for level in Level],
        default="",
        help=_("how strictly words match (default: family)"),
    )


def add_language_argument(parser: CommandParser) -> None:
    """Add the language of what is printed."""
    parser.add_argument(
        "--language",
        choices=[code for code, _name in settings.LANGUAGES],
        default=settings.LANGUAGE_CODE,
        help=_("of names, dates and messages (default: %(default)s)"),
    )


def describe_errors(form: SearchForm) -> str:
    """The messages of the page that refuses the search, a line each."""
    labels = {"date_from": _("From"), "date_to": _("To")}
    lines = [
        f"{labels[name]}: {sentence}" if name in labels else str(sentence)
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    if form.correction:
        lines.append(f"{_('Did you mean')} {form.correction}")
        without = _("It leaves out %(part)s.")
        lines += [without % {"part": part} for part in form.left_out]
    return "\n".join(lines)
