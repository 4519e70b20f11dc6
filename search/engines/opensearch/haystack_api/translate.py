"""Whoosh's queries, which conditions and raw queries compile to, as OpenSearch's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from haystack.exceptions import SearchBackendError
from whoosh import query as q
from whoosh.util.times import long_to_datetime

from search.engines.opensearch.fields import (
    TOKENIZED,
    Field,
    Kind,
    decimal_key,
    escape,
    value_field,
)
from search.engines.opensearch.query.compiler import of_keys
from search.engines.opensearch.query.words import (
    Json,
    Like,
    OneOf,
    Pattern,
    Word,
    near,
    phrase,
)
from search.engines.opensearch.tokens import Tag, token
from search.engines.whoosh.field_values import convert
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    Family,
    NearQuery,
    PhraseQuery,
    PositionQuery,
)
from search.engines.whoosh.query.term_tests import (
    ContainsTerm,
    DecimalRange,
    EndsWithTerm,
    LevenshteinTerm,
    TextRange,
)

# The server counts no more edits of a word.
_MOST_EDITS: Final = 2
_ALL: Final[Json] = {"match_all": {}}
_NOTHING: Final[Json] = {"match_none": {}}
# The letter behind the tag of forms: every form sorts before it.
_AFTER_FORMS: Final = chr(ord(Tag.FORM) + 1)

Fields = Mapping[str, Field]


def translate(query: q.Query, fields: Fields) -> Json:
    """The query for the documents that *query* matches.

    Raises SearchBackendError for a query that the server has not.
    """
    for kind in type(query).__mro__:
        if kind in _TRANSLATE:
            return _TRANSLATE[kind](query, fields)
    raise SearchBackendError(f"No evaluation for {type(query).__name__}.")


def _term(query: Any, fields: Fields) -> Json:
    """Documents with one of the terms that *query*, of one word, stands for."""
    field = fields.get(query.fieldname)
    if field is None:
        return _NOTHING
    if field.kind in TOKENIZED:
        return _word(query, field).query(query.fieldname, query.boost)
    if isinstance(query, q.Term):
        try:
            value = _value(field, query.text)
        except ValueError:
            # A raw query for a word in a field of numbers.
            return _NOTHING
        return {"term": {query.fieldname: {"value": value, "boost": query.boost}}}
    matching = _pattern(query, "", str).query(query.fieldname)
    return {"constant_score": {"filter": matching, "boost": query.boost}}


def _word(query: Any, field: Field) -> Word:
    """What stands at one position of a text."""
    if isinstance(query, Family):
        return of_keys(Tag.LEMMA, query.keys)
    spell: Callable[[str], str] = str if field.kind is Kind.TEXT else escape
    if isinstance(query, q.Term):
        return OneOf((token(Tag.FORM, spell(_text(query.text))),))
    return Like((_pattern(query, Tag.FORM, spell),))


def _pattern(query: Any, tag: str, spell: Callable[[str], str]) -> Pattern:
    """The terms that a query with a pattern stands for."""
    text = spell(query.text)
    if isinstance(query, LevenshteinTerm):
        if query.maxdist > _MOST_EDITS:
            raise SearchBackendError(
                f"OpenSearch finds words of at most {_MOST_EDITS} edits."
            )
        same = len(tag) + min(query.prefixlength, len(text))
        return Pattern("fuzzy", tag + text, query.maxdist, same)
    if isinstance(query, ContainsTerm):
        return Pattern("wildcard", f"{tag}*{_literal(text)}*")
    if isinstance(query, EndsWithTerm):
        return Pattern("wildcard", f"{tag}*{_literal(text)}")
    if isinstance(query, q.Wildcard):
        return Pattern("wildcard", tag + text.replace("\\", "\\\\"))
    if isinstance(query, q.Prefix):
        return Pattern("prefix", tag + text)
    raise SearchBackendError(f"No evaluation for {type(query).__name__}.")


def _literal(text: str) -> str:
    for char in ("\\", "*", "?"):
        text = text.replace(char, f"\\{char}")
    return text


def _text(text: str | bytes) -> str:
    return text.decode() if isinstance(text, bytes) else text


def _value(field: Field, term: str | bytes | bool) -> Any:
    """The value in the index that Whoosh's *term* of a number or keyword stands for.

    Raises ValueError for text that is none.
    """
    if isinstance(term, bool):
        # As Whoosh's parser leaves it in a raw query.
        return field.encode(term)
    if field.kind in (Kind.KEYWORD, Kind.DECIMAL):
        return _text(term)
    if isinstance(term, str):
        return field.encode(convert(field.type, term))
    if field.kind is Kind.BOOLEAN:
        return int(term == field.type.bytestrings[True])
    return field.encode(field.type.from_bytes(term))


def _position(query: PositionQuery, fields: Fields) -> Json:
    name = query.field()
    if name not in fields:
        return _NOTHING
    words = tuple(_word(word, fields[name]) for word in query.words)
    if isinstance(query, PhraseQuery):
        return phrase(words, name, query.boost)
    if isinstance(query, NearQuery):
        # One occurrence is enough for a word that the query has twice.
        return near(tuple(dict.fromkeys(words)), query.distance, name)
    raise SearchBackendError(f"No evaluation for {type(query).__name__}.")


def _raw_phrase(query: q.Phrase, fields: Fields) -> Json:
    words = tuple(q.Term(query.fieldname, word) for word in query.words)
    return translate(PhraseQuery(words, boost=query.boost), fields)


def _range(
    name: str, first: Any, last: Any, *, excluded: tuple[bool, bool], boost: float
) -> Json:
    bounds = {}
    if first is not None:
        bounds["gt" if excluded[0] else "gte"] = first
    if last is not None:
        bounds["lt" if excluded[1] else "lte"] = last
    return {"range": {name: {**bounds, "boost": boost}}} if bounds else _exists(name)


def _exists(name: str) -> Json:
    return {"exists": {"field": name}}


def _term_range(query: q.TermRange, fields: Fields) -> Json:
    field = fields.get(query.fieldname)
    if field is None:
        return _NOTHING
    first, last = query.start, query.end
    excluded = query.startexcl, query.endexcl
    if field.kind in TOKENIZED:
        # Of the surface forms alone.
        first = token(Tag.FORM, first or "")
        excluded = excluded[0], excluded[1] or not last
        last = token(Tag.FORM, last) if last else _AFTER_FORMS
    return _range(query.fieldname, first, last, excluded=excluded, boost=query.boost)


def _number_range(query: q.NumericRange, fields: Fields) -> Json:
    field = fields.get(query.fieldname)
    if field is None:
        return _NOTHING
    bounds = [query.start, query.end]
    if field.kind is Kind.TIME:
        bounds = [each if each is None else long_to_datetime(each) for each in bounds]
    first, last = (each if each is None else field.encode(each) for each in bounds)
    excluded = query.startexcl, query.endexcl
    return _range(query.fieldname, first, last, excluded=excluded, boost=query.boost)


def _column_range(query: ColumnRange, fields: Fields) -> Json:
    if query.fieldname not in fields:
        return _NOTHING
    bounds = {"gte": query.first, "lte": query.last}
    return {"range": {query.fieldname: bounds}}


def _text_range(query: TextRange, fields: Fields) -> Json:
    return {"range": {value_field(query.fieldname): {query.comparison: query.text}}}


def _decimal_range(query: DecimalRange, fields: Fields) -> Json:
    name, key = value_field(query.fieldname), decimal_key(query.text)
    if query.comparison == "exact":
        return {"term": {name: key}}
    return {"range": {name: {query.comparison: key}}}


def _every(query: q.Every, fields: Fields) -> Json:
    if query.fieldname in (None, "*"):
        return _ALL
    return _exists(query.fieldname) if query.fieldname in fields else _NOTHING


def _and(query: q.And, fields: Fields) -> Json:
    negated = [one for one in query.subqueries if isinstance(one, q.Not)]
    required = [one for one in query.subqueries if not isinstance(one, q.Not)]
    return {
        "bool": {
            "must": [translate(one, fields) for one in required] or [_ALL],
            "must_not": [translate(one.query, fields) for one in negated],
            "boost": query.boost,
        }
    }


def _or(query: q.Or, fields: Fields) -> Json:
    if not query.subqueries:
        return _NOTHING
    return {
        "bool": {
            "should": [translate(one, fields) for one in query.subqueries],
            "minimum_should_match": max(query.minmatch, 1),
            "boost": query.boost,
        }
    }


def _both(key: str) -> Callable[[Any, Fields], Json]:
    """Queries of two parts, of which the second is *key* of the server's ``bool``."""

    def build(query: Any, fields: Fields) -> Json:
        first, second = translate(query.a, fields), translate(query.b, fields)
        return {"bool": {"must": [first], key: [second]}}

    return build


_TRANSLATE: Final[dict[type, Callable[[Any, Fields], Json]]] = {
    q.Term: _term,
    q.MultiTerm: _term,
    q.TermRange: _term_range,
    q.NumericRange: _number_range,
    q.Phrase: _raw_phrase,
    PositionQuery: _position,
    DecimalRange: _decimal_range,
    ColumnRange: _column_range,
    TextRange: _text_range,
    q.Every: _every,
    q.And: _and,
    q.Or: _or,
    q.Not: lambda query, fields: {
        "bool": {"must_not": [translate(query.query, fields)]}
    },
    q.AndNot: _both("must_not"),
    q.AndMaybe: _both("should"),
    q.Require: _both("filter"),
    q.ConstantScoreQuery: lambda query, fields: {
        "constant_score": {"filter": translate(query.child, fields)}
    },
    type(q.NullQuery): lambda query, fields: _NOTHING,
}
