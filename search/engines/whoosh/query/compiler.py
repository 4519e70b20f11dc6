"""Compiles the query tree to Whoosh queries: what matches, and what rescores.

`compile_query` makes the query that documents match and are scored by;
`compile_rescore` makes what the best of them are scored by a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from whoosh import query as q

from search.arabic.analyzer import analyze, is_part_of_name, surfaces
from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.families import has_diacritics, telling_form
from search.arabic.lexicon.light_stem import light_stem
from search.arabic.normalize import fold
from search.arabic.prefixes import split_prefix
from search.arabic.wildcards import fold_pattern
from search.date_keys import day_number
from search.engines.weights import (
    EXACT_WEIGHT,
    LIKELIEST_WEIGHT,
    ROOT_WEIGHT,
    SHORTEST_STEM,
    STEM_WEIGHT,
    TITLE_WEIGHT,
)
from search.engines.whoosh.query.diacritics import LikeliestFamily, WithDiacritics
from search.engines.whoosh.query.multi_term import FuzzyTerm, WildcardTerm
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    Family,
    LightStem,
    NamePart,
    NearQuery,
    OptionalBoost,
    PhraseQuery,
    PrintedTerm,
    Root,
    StemPrefix,
    TitleMatch,
)
from search.engines.whoosh.query.rescore import Rescore
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
    Term,
    TermQuery,
    Wildcard,
)
from search.request import Period

TITLE: Final = "title"

# Bounds of an open period as date keys yyyymmdd: after every date, before every known.
_LAST_DAY: Final = 99_991_231
_FIRST_DAY: Final = 1
# Levels at which other forms than the one that is typed match.
_LOOSE: Final = frozenset({Level.FAMILY, Level.ROOT})
# Queries and parts of queries whose compilation is cached: one or two kilobytes each.
_CACHED_QUERIES: Final = 2_000


@lru_cache(_CACHED_QUERIES)
def compile_query(query: Query, field: str = CONTENT) -> q.Query:
    """The Whoosh query for *query*, whose words are searched in *field*.

    Cached, so the result must not be mutated.
    """
    return _COMPILERS[type(query)](query, field)


def compile_period(period: Period) -> list[ColumnRange]:
    """The ranges for articles that were published wholly within *period*."""
    first = day_number(period.first) if period.first else _FIRST_DAY
    last = day_number(period.last) if period.last else _LAST_DAY
    return [
        ColumnRange(DATE_FIRST, first, _LAST_DAY),
        ColumnRange(DATE_LAST, _FIRST_DAY, last),
    ]


@lru_cache(_CACHED_QUERIES)
def compile_rescore(query: Query) -> Rescore:
    """What the best hits are rescored by: related terms, and adjacent terms."""
    adjacent = tuple(terms for terms in _iter_adjacent(query) if len(terms) > 1)
    related = tuple(dict.fromkeys(_iter_related_terms(query)))
    return Rescore(related, adjacent)


def compile_term(query: TermQuery, level: Level, field: str) -> q.Query:
    """The query for one word of the tree, without weights.

    A `Term` is compiled at *level*; the level of others is their own. A word that the
    analyzer splits becomes a phrase.
    """
    if isinstance(query, Term):
        return _phrase_of(_terms((query.text,), level, field))
    return compile_query(query, field)


def _iter_related_terms(query: Query) -> Iterator[q.Query]:
    match query:
        case BooleanQuery(children=children):
            for child in children:
                yield from _iter_related_terms(child)
        case Term(text, Level.FAMILY):
            for printed in _words_of(text):
                yield Root.of(CONTENT, printed, ROOT_WEIGHT)
                stem = light_stem(fold(printed))
                if len(stem) >= SHORTEST_STEM:
                    yield LightStem(CONTENT, stem, STEM_WEIGHT)


def _iter_adjacent(query: Query) -> Iterator[tuple[q.Query, ...]]:
    """The terms of each run of words that stand side by side in the query."""
    match query:
        case BooleanQuery(children=children):
            run: list[q.Query] = []
            for child in children:
                if isinstance(child, Term):
                    run += [
                        _term(printed, "", child.level, CONTENT)
                        for printed in _words_of(child.text)
                    ]
                    continue
                yield tuple(run)
                yield from _iter_adjacent(child)
                run = []
            yield tuple(run)


def _words_of(text: str) -> Iterator[str]:
    """The words of *text* as they are typed."""
    return (token.printed for token in analyze(text))


def _term(printed: str, typed: str, level: Level, field: str) -> q.Query:
    """One word at *level*, without weights.

    *typed* is the surface form with its diacritics, or empty where it has none.
    """
    [surface] = surfaces(printed)
    match level:
        case Level.LETTERS:
            word = PrintedTerm(field, surface, display_form(printed))
            return WithDiacritics(word, typed) if typed else word
        case Level.EXACT:
            word = q.Term(field, surface)
            return WithDiacritics(word, typed) if typed else word
        case Level.FAMILY:
            return Family.of(field, printed)
        case Level.ROOT:
            return Root.of(field, printed)


def _terms(words: tuple[str, ...], level: Level, field: str) -> tuple[q.Query, ...]:
    """The terms of *words*; a word that the analyzer splits makes several."""
    return tuple(term for word in words for term in _iter_terms(word, level, field))


def _iter_terms(word: str, level: Level, field: str) -> Iterator[q.Query]:
    tokens = analyze(word)
    for at, token in enumerate(tokens):
        if level in _LOOSE and is_part_of_name(tokens, at):
            yield NamePart(field, token.printed)
        else:
            typed = diacritized_form(token.printed)
            yield _term(token.printed, typed, level, field)


def _phrase_of(terms: tuple[q.Query, ...]) -> q.Query:
    if len(terms) == 1:
        return terms[0]
    return PhraseQuery(terms) if terms else q.NullQuery


def _compile_term(query: Term, field: str) -> q.Query:
    terms = _terms((query.text,), query.level, field)
    if len(terms) != 1 or field != CONTENT:
        return _phrase_of(terms)
    [term] = terms
    [token] = analyze(query.text)
    boosts: list[q.Query] = [_title_match(query, term)]
    if query.level in _LOOSE:
        boosts.append(q.Term(field, token.surface, boost=EXACT_WEIGHT))
    if query.level is Level.FAMILY and has_diacritics(telling_form(token.printed)):
        # Who chose a word by its vowels does not want first what is likely another.
        boosts.append(LikeliestFamily.of(field, token.printed, LIKELIEST_WEIGHT))
    if query.level is Level.ROOT:
        term.boost = ROOT_WEIGHT
        boosts.append(Family.of(field, token.printed))
    return OptionalBoost(term, q.Or(boosts))


def _title_match(query: Term, term: q.Query) -> q.Query:
    [in_title] = _terms((query.text,), query.level, TITLE)
    if isinstance(in_title, WithDiacritics):
        in_title.boost = TITLE_WEIGHT
        return in_title
    return TitleMatch(in_title, term, TITLE_WEIGHT)


def _compile_phrase(query: Phrase, field: str) -> q.Query:
    return _phrase_of(_terms(query.words, query.level, field))


def _compile_near(query: Near, field: str) -> q.Query:
    # One occurrence is enough for a word that the query has twice.
    terms = tuple(dict.fromkeys(_terms(query.words, query.level, field)))
    return NearQuery(terms, query.distance) if len(terms) > 1 else _phrase_of(terms)


def _compile_prefix(query: Prefix, field: str) -> q.Query:
    words, prefix = split_prefix(query.text)
    if not prefix:
        return q.NullQuery
    kind = q.Prefix if query.level is Level.EXACT else StemPrefix
    before = tuple(q.Term(field, surface) for surface in words)
    return _phrase_of((*before, kind(field, prefix)))


def _compile_wildcard(query: Wildcard, field: str) -> q.Query:
    return WildcardTerm(field, fold_pattern(query.text))


def _compile_fuzzy(query: Fuzzy, field: str) -> q.Query:
    forms = surfaces(query.text)
    return _phrase_of(tuple(FuzzyTerm(field, form, query.edits) for form in forms))


def _compile_field(query: Field, field: str) -> q.Query:
    return compile_query(query.child, query.name)


def _compile_dates(query: DateRange, field: str) -> q.Query:
    return q.ConstantScoreQuery(
        q.And(compile_period(Period(query.first, query.last))), score=0.0
    )


def _compile_children(query: BooleanQuery, field: str) -> list[q.Query]:
    return [compile_query(child, field) for child in query.children]


def _compile_most_of(query: MostOf, field: str) -> q.Query:
    return q.Or(_compile_children(query, field), minmatch=query.minimum)


_COMPILERS: Final[dict[type[Query], Callable[[Any, str], q.Query]]] = {
    Term: _compile_term,
    Phrase: _compile_phrase,
    Near: _compile_near,
    Prefix: _compile_prefix,
    Wildcard: _compile_wildcard,
    Fuzzy: _compile_fuzzy,
    Field: _compile_field,
    DateRange: _compile_dates,
    And: lambda query, field: q.And(_compile_children(query, field)),
    Or: lambda query, field: q.Or(_compile_children(query, field)),
    MostOf: _compile_most_of,
    Not: lambda query, field: q.Not(compile_query(query.child, field)),
    Everything: lambda query, field: q.Every(),
}
