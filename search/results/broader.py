"""Broader searches to offer where a search has no hits."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.query import And, Field, Level, Near, Or, Phrase, Query, Term
from search.query.lexer import Kind, scan
from search.request import Period, SearchRequest
from search.results.explain import with_tree
from search.results.model import BroaderSearch, Condition, WordExplanation

# Three words or more and spaces alone: دار الكتب المصرية, not دار -الكتب. Of two
# words, what has either is what is found without the other.
_PLAIN_WORDS_RE: Final = re.compile(r"\w+(?: \w+){2,}")
_ANY_OF: Final = " OR "


def without_quotes(request: SearchRequest) -> SearchRequest:
    """The search for the same words, wherever they stand.

    What must not occur stays as it is: without quotation marks less would be found.
    """
    tree = _take_apart(request.query)
    return request if tree == request.query else with_tree(request, tree)


def _take_apart(query: Query) -> Query:
    match query:
        case Phrase(words, level) | Near(words, _, level):
            return And(tuple(Term(word, level) for word in words))
        case Field(name, child):
            return Field(name, _take_apart(child))
        case Or(children):
            return Or(tuple(map(_take_apart, children)))
        case And(children):
            parts = [
                apart.children if isinstance(apart, And) else (apart,)
                for apart in map(_take_apart, children)
            ]
            return And(tuple(part for several in parts for part in several))
    return query


def with_any_word(request: SearchRequest) -> SearchRequest:
    """The search for any of the words; the same search where they are not plain.

    Also where they are only two: one of them is what is found without the other.

    >>> with_any_word(SearchRequest(text="نهر دجلة الكبير")).text
    'نهر OR دجلة OR الكبير'
    >>> with_any_word(SearchRequest(text="نهر أو دجلة")).text
    'نهر أو دجلة'
    """
    if not _PLAIN_WORDS_RE.fullmatch(request.text):
        return request
    if any(lexeme.kind is not Kind.WORD for lexeme in scan(request.text)):
        return request
    return replace(request, text=_ANY_OF.join(request.text.split()))


def with_every_form(request: SearchRequest) -> SearchRequest:
    """The search for the words in every form, where the level was the exact one."""
    if request.level is not Level.EXACT:
        return request
    return replace(request, level=Level.FAMILY)


def with_roots(request: SearchRequest) -> SearchRequest:
    """The search for every word of the same roots."""
    return replace(request, level=Level.ROOT) if request.text else request


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
    (_("the same words in every form"), with_every_form),
    (_("every word of the same roots"), with_roots),
    (_("any of the words instead of all"), with_any_word),
    (_("in all years"), without_dates),
    (_("without any filter"), without_filters),
)


def list_broader(
    request: SearchRequest,
    words: Sequence[WordExplanation] = (),
    conditions: Sequence[Condition] = (),
) -> tuple[BroaderSearch, ...]:
    """The searches to offer when *request* found nothing, each a different one.

    A level at which none of the *words* is in more articles is left out, and what
    the *conditions* offer already.
    """
    useless = {condition.query_string for condition in conditions}
    for widen in (with_every_form, with_roots):
        wider = widen(request)
        if not any(_has_more(word, request.level, wider.level) for word in words):
            useless.add(wider.query_string())
    return tuple(
        widening
        for widening in _iter_widenings(replace(request, page=1))
        if widening.query_string not in useless
    )


def _has_more(word: WordExplanation, narrow: Level, wide: Level) -> bool:
    """Whether more articles have the word at one level than at the other."""
    articles = {level.level: level.articles for level in word.levels}
    return articles.get(wide, 0) > articles.get(narrow, 0)


def _iter_widenings(request: SearchRequest) -> Iterator[BroaderSearch]:
    seen = {request.query_string(), ""}
    for label, widen in _WIDENINGS:
        query_string = widen(request).query_string()
        if query_string not in seen:
            seen.add(query_string)
            yield BroaderSearch(label, query_string)
