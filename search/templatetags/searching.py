"""Tags and filters of search pages: ``{% load searching %}``."""

from dataclasses import dataclass
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.addresses import reverse_cached
from archive.browsing.year_ranges import YEARS_IN_A_DECADE
from archive.templatetags.display import isolate
from search.query import Level
from search.request import SearchRequest
from search.results.model import Condition, SearchResults, WordExplanation

register = template.Library()

# Filters that a title names.
TITLE_FILTERS: Final = 4

# The strictest level first.
_LEVELS: Final[dict[Level, Promise]] = {
    Level.LETTERS: _("letter for letter"),
    Level.EXACT: _("as written"),
    Level.FAMILY: _("in every form"),
    Level.ROOT: _("by root"),
}


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """An option for the level of the whole query."""

    value: str
    label: Promise
    chosen: bool


@register.simple_tag
def level_choices(chosen: Level) -> tuple[LevelChoice, ...]:
    """All levels, the strictest first."""
    return tuple(
        LevelChoice(level.value, label, level is chosen)
        for level, label in _LEVELS.items()
    )


@register.filter
def level_label(level: Level) -> Promise:
    """The label of a level, as an attribute of a word."""
    return _LEVELS[level]


@register.filter
def leads_anywhere(word: WordExplanation) -> bool:
    """Whether a word has links to other levels; a word of a phrase has none."""
    return any(level.query_string for level in word.levels)


@register.filter
def helps(conditions: tuple[Condition, ...]) -> bool:
    """Whether leaving out one of the conditions finds anything."""
    return any(condition.total for condition in conditions)


@register.simple_tag
def results_title(found: SearchResults) -> str:
    """What the search is for, as the title of its page and of the browser's history.

    The words, then the filters, of which the first few stand for all.
    """
    request = found.request
    names = [isolate(chip.text) for chip in found.chips]
    if len(names) > TITLE_FILTERS:
        names[TITLE_FILTERS:] = ["…"]
    if request.text:
        names.insert(0, gettext("Search: %(query)s") % {"query": isolate(request.text)})
    return " · ".join(names or [gettext("All articles")])


@register.simple_tag
def search_address(query_string: str, name: str = "results", *args: str) -> str:
    """The address of the search page *name* with *query_string*."""
    address = reverse_cached(f"search:{name}", *args)
    return f"{address}?{query_string}" if query_string else address


@register.simple_tag
def address_between(first: object, last: object) -> str:
    """The address of the search for all articles of the years *first* to *last*."""
    request = SearchRequest().with_dates(str(first), str(last))
    return search_address(request.query_string())


@register.filter
def decade_end(first_year: int) -> int:
    """The last year of the decade that *first_year* opens."""
    return first_year + YEARS_IN_A_DECADE - 1
