"""From the reader's query tree to a Whoosh query; ranking is decided here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from whoosh import query as q

from search.arabic.analyzer import cached_stem, surfaces
from search.day_numbers import day_number
from search.engines.whoosh.queries import ColumnRange, Family, Sequence
from search.fields import CONTENT, DATE_FIRST, DATE_LAST
from search.query import (
    And,
    DateRange,
    Everything,
    Field,
    Level,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.request import Period

# What a match of the very form asked for, and a match in the title, add to the
# match of the word family, whose weight is 1.
EXACT_WEIGHT: Final = 0.3
TITLE_WEIGHT: Final = 0.5
TITLE: Final = "title"

# Later than every day and earlier than every known one, as the number yyyymmdd.
_END_OF_DAYS: Final = 99_991_231
_FIRST_KNOWN: Final = 1


def compile_query(query: Query, field: str = CONTENT) -> q.Query:
    """The Whoosh query for *query*, whose words are looked for in *field*."""
    return _COMPILE[type(query)](query, field)


def compile_period(period: Period) -> list[ColumnRange]:
    """The ranges that leave articles whose whole time of publication is in *period*."""
    first = day_number(period.first) if period.first else _FIRST_KNOWN
    last = day_number(period.last) if period.last else _END_OF_DAYS
    return [
        ColumnRange(DATE_FIRST, first, _END_OF_DAYS),
        ColumnRange(DATE_LAST, _FIRST_KNOWN, last),
    ]


def _word(surface: str, level: Level, field: str) -> q.Query:
    """One word at *level*, without any weighting."""
    if level is Level.EXACT:
        return q.Term(field, surface)
    return Family(field, cached_stem(surface))


def _term(query: Term, field: str) -> q.Query:
    found = surfaces(query.text)
    if not found:
        return q.NullQuery
    if len(found) > 1:
        return Sequence(tuple(_word(one, query.level, field) for one in found))
    word = _word(found[0], query.level, field)
    if field != CONTENT:
        return word
    in_title = _word(found[0], query.level, TITLE)
    in_title.boost = TITLE_WEIGHT
    if query.level is Level.EXACT:
        return q.AndMaybe(word, in_title)
    return q.AndMaybe(
        word, q.Or([q.Term(field, found[0], boost=EXACT_WEIGHT), in_title])
    )


def _words(words: tuple[str, ...], level: Level, field: str) -> tuple[q.Query, ...]:
    return tuple(_word(one, level, field) for word in words for one in surfaces(word))


def _phrase(query: Phrase, field: str) -> q.Query:
    words = _words(query.words, query.level, field)
    return Sequence(words) if words else q.NullQuery


def _near(query: Near, field: str) -> q.Query:
    words = _words(query.words, query.level, field)
    return Sequence(words, query.distance) if words else q.NullQuery


def _prefix(query: Prefix, field: str) -> q.Query:
    found = surfaces(query.text)
    if not found:
        return q.NullQuery
    last = q.Prefix(field, found[-1])
    if len(found) == 1:
        return last
    return Sequence((*(q.Term(field, surface) for surface in found[:-1]), last))


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


def _not(query: Not, field: str) -> q.Query:
    return q.Not(compile_query(query.child, field))


def _everything(query: Everything, field: str) -> q.Query:
    return q.Every()


_COMPILE: Final[dict[type, Callable[[Any, str], q.Query]]] = {
    Term: _term,
    Phrase: _phrase,
    Near: _near,
    Prefix: _prefix,
    Field: _field,
    DateRange: _dates,
    And: _and,
    Or: _or,
    Not: _not,
    Everything: _everything,
}
