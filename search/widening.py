"""Ways out of a search that found nothing.

Public: `Widening`, `list_widenings`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.request import Period, SearchRequest

# «دار الكتب», "دار الكتب", “دار الكتب”
_QUOTES_RE: Final = re.compile('["«»“”„]')
# Words and spaces alone: دار الكتب, not دار -الكتب
_PLAIN_WORDS_RE: Final = re.compile(r"\w+(?: \w+)+")
_ANY_OF: Final = " OR "


@dataclass(frozen=True, slots=True)
class Widening:
    """A search that finds more than the one before, and how it differs."""

    label: Promise
    query_string: str


def without_quotes(request: SearchRequest) -> SearchRequest:
    """The search for the same words, wherever they stand."""
    return replace(request, text=_QUOTES_RE.sub(" ", request.text).strip())


def with_any_word(request: SearchRequest) -> SearchRequest:
    """The search for any of the words; the same search unless it has plain words only.

    >>> with_any_word(SearchRequest(text="نهر دجلة")).text
    'نهر OR دجلة'
    >>> with_any_word(SearchRequest(text="نهر -دجلة")).text
    'نهر -دجلة'
    """
    if not _PLAIN_WORDS_RE.fullmatch(request.text):
        return request
    return replace(request, text=_ANY_OF.join(request.text.split()))


def without_dates(request: SearchRequest) -> SearchRequest:
    """The search in all years."""
    return replace(request, date_from="", date_to="", period=Period())


def without_filters(request: SearchRequest) -> SearchRequest:
    """The search for the words alone, whatever actors, topics, sources and dates."""
    return without_dates(replace(request, filters=()))


_WIDENINGS: Final[
    tuple[tuple[Promise, Callable[[SearchRequest], SearchRequest]], ...]
] = (
    (_("the same words without quotation marks"), without_quotes),
    (_("any of the words instead of all"), with_any_word),
    (_("in all years"), without_dates),
    (_("without any filter"), without_filters),
)


def list_widenings(request: SearchRequest) -> tuple[Widening, ...]:
    """The searches to offer when *request* found nothing, each a different one."""
    return tuple(_iter_widenings(replace(request, page=1)))


def _iter_widenings(request: SearchRequest) -> Iterator[Widening]:
    seen = {request.query_string(), ""}
    for label, widen in _WIDENINGS:
        query_string = widen(request).query_string()
        if query_string not in seen:
            seen.add(query_string)
            yield Widening(label, query_string)
