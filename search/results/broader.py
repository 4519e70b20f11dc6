"""Broader searches to offer where a search has no hits."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.query import And, Field, Level, Or, Query, SpanQuery, Term
from search.query.lexer import Kind, scan
from search.request import SearchRequest
from search.results.model import BroaderSearch, Condition, WordExplanation

# At least three words with single spaces: دار الكتب المصرية, not دار -الكتب. Any of two
# words is what the two conditions offer: the search without the other.
_PLAIN_WORDS_RE: Final = re.compile(r"\w+(?: \w+){2,}")
_OR: Final = " OR "


def without_quotes(request: SearchRequest) -> SearchRequest:
    """The search for the words of phrases wherever they stand.

    Excluded phrases stay, for without quotation marks they would exclude more.
    """
    query = _split_phrases(request.query)
    return request if query == request.query else request.with_query(query)


def _split_phrases(query: Query) -> Query:
    match query:
        case SpanQuery(words=words, level=level):
            return And(tuple(Term(word, level) for word in words))
        case Field(name, child):
            return Field(name, _split_phrases(child))
        case Or(children):
            return Or(tuple(map(_split_phrases, children)))
        case And(children):
            return And(
                tuple(
                    word
                    for child in map(_split_phrases, children)
                    for word in (child.children if isinstance(child, And) else (child,))
                )
            )
    return query


def with_any_word(request: SearchRequest) -> SearchRequest:
    """The search for any of the words; *request* where they are not three plain words.

    >>> with_any_word(SearchRequest(text="نهر دجلة الكبير")).text
    'نهر OR دجلة OR الكبير'
    >>> with_any_word(SearchRequest(text="نهر أو دجلة")).text
    'نهر أو دجلة'
    """
    if not _PLAIN_WORDS_RE.fullmatch(request.text):
        return request
    if any(lexeme.kind is not Kind.WORD for lexeme in scan(request.text)):
        return request
    return replace(request, text=_OR.join(request.text.split()))


def with_every_form(request: SearchRequest) -> SearchRequest:
    """The search for the families of words; *request* where the level is not strict."""
    if request.level not in (Level.LETTERS, Level.EXACT):
        return request
    return replace(request, level=Level.FAMILY)


def with_roots(request: SearchRequest) -> SearchRequest:
    """The search for all words of the same roots."""
    return replace(request, level=Level.ROOT) if request.text else request


def without_dates(request: SearchRequest) -> SearchRequest:
    """The search in all years."""
    return request.without_dates()


def without_filters(request: SearchRequest) -> SearchRequest:
    """The search for the words alone, without facets and dates."""
    return without_dates(replace(request, filters=()))


_BROADENINGS: Final[
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
    """The distinct broader searches to offer where *request* has no hits.

    Left out are a level at which none of the *words* is in more articles, and searches
    that the *conditions* offer.
    """
    skipped = {condition.query_string for condition in conditions}
    for broaden in (with_every_form, with_roots):
        broader = broaden(request)
        if not any(_has_more(word, request.level, broader.level) for word in words):
            skipped.add(broader.query_string())
    return tuple(
        search
        for search in _iter_broader(replace(request, page=1))
        if search.query_string not in skipped
    )


def _has_more(word: WordExplanation, narrow: Level, broad: Level) -> bool:
    """Whether more articles have the word at the one level than at the other."""
    articles = {level.level: level.articles for level in word.levels}
    return articles.get(broad, 0) > articles.get(narrow, 0)


def _iter_broader(request: SearchRequest) -> Iterator[BroaderSearch]:
    seen = {request.query_string(), ""}
    for label, broaden in _BROADENINGS:
        query_string = broaden(request).query_string()
        if query_string not in seen:
            seen.add(query_string)
            yield BroaderSearch(label, query_string)
