"""From the reader's query tree to Whoosh queries: what matches, and what ranks.

`compile_query` decides which documents are found and gives each its first score;
`compile_rescore` says what the best of them are looked at again for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from whoosh import query as q

from search.arabic.analyzer import cached_root, cached_stem, surfaces
from search.arabic.diacritics import analyze_diacritics
from search.arabic.prefixes import split_prefix
from search.arabic.wildcards import fold_pattern
from search.date_keys import day_number
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.multi_term import FuzzyTerm, WildcardTerm
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    Family,
    OptionalBoost,
    Root,
    Sequence,
    StemPrefix,
    TitleMatch,
)
from search.engines.whoosh.query.weights import (
    EXACT_WEIGHT,
    ROOT_WEIGHT,
    TITLE_WEIGHT,
    Rescore,
)
from search.fields import CONTENT, DATE_FIRST, DATE_LAST
from search.query import (
    And,
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
    Wildcard,
)
from search.request import Period

TITLE: Final = "title"

# Later than every day and earlier than every known one, as the number yyyymmdd.
_END_OF_DAYS: Final = 99_991_231
_FIRST_KNOWN: Final = 1
# Queries and parts of queries kept with what they compile to: a kilobyte or two each.
_COMPILED: Final = 2_000


@lru_cache(_COMPILED)
def compile_query(query: Query, field: str = CONTENT) -> q.Query:
    """The Whoosh query for *query*, whose words are looked for in *field*.

    It is not to be changed, for it is kept for whoever asks again.
    """
    return _COMPILE[type(query)](query, field)


def compile_period(period: Period) -> list[ColumnRange]:
    """The ranges that leave articles whose whole time of publication is in *period*."""
    first = day_number(period.first) if period.first else _FIRST_KNOWN
    last = day_number(period.last) if period.last else _END_OF_DAYS
    return [
        ColumnRange(DATE_FIRST, first, _END_OF_DAYS),
        ColumnRange(DATE_LAST, _FIRST_KNOWN, last),
    ]


@lru_cache(_COMPILED)
def compile_rescore(query: Query) -> Rescore:
    """What the best hits of *query* earn: words of a root, words side by side."""
    lines = tuple(line for line in _iter_lines(query) if len(line) > 1)
    return Rescore(tuple(dict.fromkeys(_iter_kin(query))), lines)


def compile_word(query: Query, level: Level, field: str) -> q.Query:
    """The query for one word of the tree, at *level* where it has one, unweighted.

    Words that the analyzer takes apart are looked for as a phrase.
    """
    match query:
        case Term(text):
            return _sequence(_words((text,), level, field))
        case Prefix() | Wildcard() | Fuzzy():
            return compile_query(query, field)
    raise TypeError(f"{type(query).__name__} is not a word.")


def _iter_kin(query: Query) -> Iterator[q.Query]:
    match query:
        case And(children) | Or(children) | MostOf(children):
            for child in children:
                yield from _iter_kin(child)
        case Term(text, Level.FAMILY):
            for surface in surfaces(text):
                yield Root(CONTENT, cached_root(cached_stem(surface)))


def _iter_lines(query: Query) -> Iterator[tuple[q.Query, ...]]:
    """The words of each group of the query that stand side by side in it."""
    match query:
        case And(children) | Or(children) | MostOf(children):
            line: list[q.Query] = []
            for child in children:
                if isinstance(child, Term):
                    found = surfaces(child.text)
                    line += [_word(one, "", child.level, CONTENT) for one in found]
                    continue
                yield tuple(line)
                yield from _iter_lines(child)
                line = []
            yield tuple(line)


def _word(surface: str, form: str, level: Level, field: str) -> q.Query:
    """One word at *level*, without any weighting.

    *form* has the diacritics that it was typed with, or is empty.
    """
    stem = cached_stem(surface)
    match level:
        case Level.EXACT:
            return (
                WithDiacritics(field, surface, form) if form else q.Term(field, surface)
            )
        case Level.FAMILY:
            return Family(field, stem)
        case Level.ROOT:
            return Root(field, cached_root(stem))


def _words(words: tuple[str, ...], level: Level, field: str) -> tuple[q.Query, ...]:
    return tuple(
        _word(token.surface, form, level, field)
        for word in words
        for token, form in analyze_diacritics(word)
    )


def _sequence(words: tuple[q.Query, ...], distance: int | None = None) -> q.Query:
    if len(words) == 1:
        return words[0]
    return Sequence(words, distance) if words else q.NullQuery


def _term(query: Term, field: str) -> q.Query:
    words = _words((query.text,), query.level, field)
    if len(words) != 1 or field != CONTENT:
        return _sequence(words)
    [word] = words
    [surface] = surfaces(query.text)
    better: list[q.Query] = [_in_title(query, word)]
    if query.level is not Level.EXACT:
        better.append(q.Term(field, surface, boost=EXACT_WEIGHT))
    if query.level is Level.ROOT:
        word.boost = ROOT_WEIGHT
        better.append(Family(field, cached_stem(surface)))
    return OptionalBoost(word, q.Or(better))


def _in_title(query: Term, word: q.Query) -> q.Query:
    [in_title] = _words((query.text,), query.level, TITLE)
    if isinstance(in_title, WithDiacritics):
        in_title.boost = TITLE_WEIGHT
        return in_title
    return TitleMatch(in_title, word, TITLE_WEIGHT)


def _phrase(query: Phrase, field: str) -> q.Query:
    return _sequence(_words(query.words, query.level, field))


def _near(query: Near, field: str) -> q.Query:
    return _sequence(_words(query.words, query.level, field), query.distance)


def _prefix(query: Prefix, field: str) -> q.Query:
    words, prefix = split_prefix(query.text)
    if not prefix:
        return q.NullQuery
    kind = q.Prefix if query.level is Level.EXACT else StemPrefix
    before = tuple(q.Term(field, surface) for surface in words)
    return _sequence((*before, kind(field, prefix)))


def _wildcard(query: Wildcard, field: str) -> q.Query:
    return WildcardTerm(field, fold_pattern(query.text))


def _fuzzy(query: Fuzzy, field: str) -> q.Query:
    return _sequence(
        tuple(
            FuzzyTerm(field, surface, query.edits) for surface in surfaces(query.text)
        )
    )


def _field(query: Field, field: str) -> q.Query:
    return compile_query(query.child, query.name)


def _dates(query: DateRange, field: str) -> q.Query:
    return q.ConstantScoreQuery(
        q.And(compile_period(Period(query.first, query.last))), score=0.0
    )


def _and(query: And, field: str) -> q.Query:
    return q.And([compile_query(child, field) for child in query.children])


def _or(query: Or, field: str) -> q.Query:
    return q.Or([compile_query(child, field) for child in query.children])


def _most_of(query: MostOf, field: str) -> q.Query:
    children = [compile_query(child, field) for child in query.children]
    return q.Or(children, minmatch=query.minimum)


def _not(query: Not, field: str) -> q.Query:
    return q.Not(compile_query(query.child, field))


def _everything(query: Everything, field: str) -> q.Query:
    return q.Every()


_COMPILE: Final[dict[type, Callable[[Any, str], q.Query]]] = {
    Term: _term,
    Phrase: _phrase,
    Near: _near,
    Prefix: _prefix,
    Wildcard: _wildcard,
    Fuzzy: _fuzzy,
    Field: _field,
    DateRange: _dates,
    And: _and,
    Or: _or,
    MostOf: _most_of,
    Not: _not,
    Everything: _everything,
}
