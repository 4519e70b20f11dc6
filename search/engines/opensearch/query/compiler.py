"""Compiles the query tree to OpenSearch's queries.

Every node matches what the embedded engine matches by it; what scores is that of
docs/decisions/0010-ranking.md, of all hits at once instead of the best of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from search.arabic.analyzer import analyze, is_part_of_name, surfaces
from search.arabic.compounds import forms_of_part
from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.edit_distance import near_bases
from search.arabic.families import asked_lemmas, asked_roots, split_itself
from search.arabic.lexicon.light_stem import forms_of_stem, light_stem
from search.arabic.normalize import fold
from search.arabic.prefixes import after_definite_article, split_prefix
from search.arabic.wildcards import fold_pattern
from search.date_keys import day_number
from search.engines.opensearch.query.words import (
    Json,
    Like,
    Marked,
    OneOf,
    Pattern,
    Word,
    near,
    phrase,
    prefixes,
)
from search.engines.opensearch.tokens import Tag, token
from search.engines.weights import (
    ADJACENT_WEIGHT,
    EXACT_WEIGHT,
    ROOT_WEIGHT,
    SHORTEST_STEM,
    STEM_WEIGHT,
    TITLE_WEIGHT,
)
from search.fields import CONTENT, DATE_FIRST, DATE_LAST
from search.query import (
    And,
    BooleanQuery,
    DateRange,
    Everything,
    Field,
    Fuzzy,
    Level,
    MostOf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    SpanQuery,
    Term,
    TermQuery,
    Wildcard,
)
from search.request import Period

TITLE: Final = "title"
# Levels at which other forms than the one that is typed match.
_LOOSE: Final = frozenset({Level.FAMILY, Level.ROOT})
_CACHED_QUERIES: Final = 2_000


@lru_cache(_CACHED_QUERIES)
def compile_query(query: Query) -> Json:
    """The query for *query* with all that scores; cached, so not to be mutated."""
    matching = _compile(query, CONTENT)
    adjacent = [
        phrase(pair, CONTENT, ADJACENT_WEIGHT)
        for run in _iter_adjacent(query)
        for pair in pairwise(run)
    ]
    if not adjacent:
        return matching
    return {"bool": {"must": [matching], "should": adjacent}}


def compile_period(period: Period) -> list[Json]:
    """The filters for articles that were published wholly within *period*."""
    filters: list[Json] = []
    if period.first:
        filters.append({"range": {DATE_FIRST: {"gte": day_number(period.first)}}})
    if period.last:
        filters.append({"range": {DATE_LAST: {"lte": day_number(period.last)}}})
    # An article without a date is of no period.
    return filters or [{"exists": {"field": DATE_FIRST}}]


def compile_words(query: TermQuery, level: Level) -> tuple[Word, ...]:
    """What one word of the tree stands for; several where the analyzer splits it.

    A `Term` is compiled at *level*; the level of others is their own.
    """
    if isinstance(query, Term):
        return _words((query.text,), level)
    return _WORDS[type(query)](query)


def compile_leaf(query: TermQuery | SpanQuery) -> tuple[tuple[Word, ...], int | None]:
    """What stands together where *query* matches, and in which window in any order.

    Without a window the words stand next to one another, in this order.
    """
    if isinstance(query, TermQuery):
        level = query.level if isinstance(query, Term) else Level.FAMILY
        return compile_words(query, level), None
    words = _words(query.words, query.level)
    if not isinstance(query, Near):
        return words, None
    # One occurrence is enough for a word that the query has twice.
    words = tuple(dict.fromkeys(words))
    return words, query.distance if len(words) > 1 else None


def _compile(query: Query, field: str) -> Json:
    return _COMPILERS[type(query)](query, field)


def _iter_adjacent(query: Query) -> Iterator[tuple[Word, ...]]:
    """The words of each run that stands side by side in the query."""
    if not isinstance(query, BooleanQuery):
        return
    run: list[Word] = []
    for child in query.children:
        if isinstance(child, Term):
            run += [_word(word, "", child.level) for word in _printed(child.text)]
            continue
        yield tuple(run)
        yield from _iter_adjacent(child)
        run = []
    yield tuple(run)


def _printed(text: str) -> Iterator[str]:
    return (each.printed for each in analyze(text))


def _word(printed: str, typed: str, level: Level) -> Word:
    """One word at *level*; *typed* is its diacritized form, or empty."""
    [surface] = surfaces(printed)
    if level is Level.FAMILY:
        return of_keys(Tag.LEMMA, asked_lemmas(printed))
    if level is Level.ROOT:
        return of_keys(Tag.ROOT, asked_roots(printed))
    if level is Level.EXACT:
        word = OneOf((token(Tag.FORM, surface),))
    else:
        word = OneOf((token(Tag.PRINTED, display_form(printed)),))
    return Marked(word, surface, typed) if typed else word


def of_keys(tag: Tag, keys: Iterable[str]) -> OneOf:
    """Tokens of lemmas or roots, and of forms that stand for themselves."""
    of_words, forms = split_itself(dict.fromkeys(keys))
    return OneOf(
        (*(token(tag, key) for key in of_words), *(token(Tag.FORM, f) for f in forms))
    )


def _words(words: tuple[str, ...], level: Level) -> tuple[Word, ...]:
    return tuple(found for word in words for found in _iter_words(word, level))


def _iter_words(word: str, level: Level) -> Iterator[Word]:
    tokens = analyze(word)
    for at, each in enumerate(tokens):
        if level in _LOOSE and is_part_of_name(tokens, at):
            forms = sorted(forms_of_part(each.printed))
            yield OneOf(tuple(token(Tag.FORM, form) for form in forms))
        else:
            yield _word(each.printed, diacritized_form(each.printed), level)


def _compile_term(query: Term, field: str) -> Json:
    words = _words((query.text,), query.level)
    if len(words) != 1 or field != CONTENT:
        return phrase(words, field)
    [word] = words
    [surface] = surfaces(query.text)
    matching = word.query(field, ROOT_WEIGHT if query.level is Level.ROOT else 1.0)
    boosts = [word.query(TITLE, TITLE_WEIGHT)]
    if query.level in _LOOSE:
        exact = OneOf((token(Tag.FORM, surface),))
        boosts.append(exact.query(field, EXACT_WEIGHT))
    if query.level is Level.FAMILY:
        boosts += [stem.query(field, STEM_WEIGHT) for stem in _stems(query.text)]
    other = {Level.ROOT: Level.FAMILY, Level.FAMILY: Level.ROOT}.get(query.level)
    if other:
        weight = ROOT_WEIGHT if other is Level.ROOT else 1.0
        boosts += [
            _word(printed, "", other).query(field, weight)
            for printed in _printed(query.text)
        ]
    return {"bool": {"must": [matching], "should": boosts}}


def _stems(text: str) -> Iterator[OneOf]:
    """What the words of *text* are ranked by beside their families and roots."""
    for printed in _printed(text):
        stem = light_stem(fold(printed))
        if len(stem) >= SHORTEST_STEM:
            yield OneOf(tuple(token(Tag.FORM, form) for form in forms_of_stem(stem)))


def _compile_near(query: Near, field: str) -> Json:
    words, distance = compile_leaf(query)
    return phrase(words, field) if distance is None else near(words, distance, field)


def _prefix_words(query: Prefix) -> tuple[Word, ...]:
    words, prefix = split_prefix(query.text)
    if not prefix:
        return ()
    before = tuple(OneOf((token(Tag.FORM, surface),)) for surface in words)
    return (*before, prefixes(_prefix_tags(prefix, query.level)))


def _prefix_tags(prefix: str, level: Level) -> Iterator[tuple[Tag, str]]:
    yield Tag.FORM, prefix
    if level is not Level.EXACT:
        yield Tag.STEM, prefix
        if noun := after_definite_article(prefix):
            yield Tag.NOUN, noun


def _wildcard_words(query: Wildcard) -> tuple[Word, ...]:
    # Letters that the analyzer keeps are no wildcards, but for * and ? themselves.
    pattern = fold_pattern(query.text).replace("\\", "\\\\")
    return (Like((Pattern("wildcard", Tag.FORM + pattern),)),)


def _fuzzy_words(query: Fuzzy) -> tuple[Word, ...]:
    return tuple(_near_to(form, query.edits) for form in surfaces(query.text))


def _near_to(form: str, edits: int) -> Like:
    patterns = [Pattern("fuzzy", token(Tag.FORM, form), edits)]
    for base, most in near_bases(form, edits).items():
        patterns += [
            Pattern("fuzzy", token(tag, base), most) for tag in (Tag.LEMMA, Tag.BASE)
        ]
    return Like(tuple(patterns))


def _compile_dates(query: DateRange, field: str) -> Json:
    return {"bool": {"filter": compile_period(Period(query.first, query.last))}}


def _compile_and(query: And, field: str) -> Json:
    negated = [child for child in query.children if isinstance(child, Not)]
    required = [child for child in query.children if not isinstance(child, Not)]
    return {
        "bool": {
            "must": [_compile(child, field) for child in required],
            "must_not": [_compile(child.child, field) for child in negated],
        }
    }


def _compile_or(query: Or | MostOf, field: str) -> Json:
    least = query.minimum if isinstance(query, MostOf) else 1
    children = [_compile(child, field) for child in query.children]
    return {"bool": {"should": children, "minimum_should_match": least}}


_WORDS: Final[dict[type[Query], Callable[[Any], tuple[Word, ...]]]] = {
    Prefix: _prefix_words,
    Wildcard: _wildcard_words,
    Fuzzy: _fuzzy_words,
}

_COMPILERS: Final[dict[type[Query], Callable[[Any, str], Json]]] = {
    Term: _compile_term,
    Phrase: lambda query, field: phrase(_words(query.words, query.level), field),
    Near: _compile_near,
    Prefix: lambda query, field: phrase(_prefix_words(query), field),
    Wildcard: lambda query, field: phrase(_wildcard_words(query), field),
    Fuzzy: lambda query, field: phrase(_fuzzy_words(query), field),
    Field: lambda query, field: _compile(query.child, query.name),
    DateRange: _compile_dates,
    And: _compile_and,
    Or: _compile_or,
    MostOf: _compile_or,
    Not: lambda query, field: {"bool": {"must_not": [_compile(query.child, field)]}},
    Everything: lambda query, field: {"match_all": {}},
}
