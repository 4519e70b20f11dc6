"""From a lookup of a field, as Haystack names them, to a Whoosh query.

What a lookup means depends on the kind of the field: words of a text are looked for
by word family, values of a facet whole, numbers and dates by value. The tables at
the end say which lookups each kind has.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from whoosh import query as q
from whoosh.fields import FieldType

from search.arabic.analyzer import cached_stem, surfaces
from search.engines.whoosh.queries import ColumnRange, Family, Sequence
from search.engines.whoosh.schema import MISSING
from search.engines.whoosh.term_queries import (
    Containing,
    DecimalRange,
    EndingWith,
    Fuzzy,
    TextRange,
)
from search.engines.whoosh.values import Kind, convert, kind_of, parse_decimal

COMPARISONS: Final = ("gt", "gte", "lt", "lte")
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Target:
    """The field that is looked in: its name, what it is, its weight in ranking.

    A fuzzy lookup allows *max_edits* after *same_start* letters.
    """

    name: str
    field: FieldType
    boost: float = 1.0
    max_edits: int = 2
    same_start: int = 3


Lookup = Callable[[Target, Any], q.Query]


def compile_lookup(target: Target, lookup: str, value: Any) -> q.Query | None:
    """The query for documents whose field passes *lookup* with *value*.

    ``None`` where the value asks for nothing, as an empty text does. Raises
    ValueError where the field has no such lookup or cannot hold the value.
    """
    if lookup == "in":
        return q.Or(_several(target, "exact", value))
    if lookup == "range":
        first, last = value
        if kind_of(target.field) is Kind.WHOLE:
            # One of several values must be in the range, not one at each end.
            return q.TermRange(target.name, str(first), str(last))
        low, high = _several(target, "gte", [first]), _several(target, "lte", [last])
        return q.And([*low, *high])
    if isinstance(value, list | tuple | set | frozenset):
        # All of several values, as all of several words.
        return q.And(_several(target, lookup, value)) if value else q.NullQuery
    return _single(target, lookup, value)


def _several(target: Target, lookup: str, values: Iterable[Any]) -> list[q.Query]:
    """The queries of *values*; queries of nothing are false, but not ``None``."""
    found = [_single(target, lookup, value) for value in values]
    return [one for one in found if one is not None]


def _single(target: Target, lookup: str, value: Any) -> q.Query | None:
    kind = kind_of(target.field)
    function = _LOOKUPS[kind].get(lookup)
    if function is None:
        raise ValueError(
            f"The field {target.name} has no lookup {lookup!r}; it has "
            f"{', '.join(sorted({*_LOOKUPS[kind], 'in', 'range'}))}."
        )
    if value is None:
        return q.NullQuery
    if kind in _TEXT_KINDS:
        value = str(value)
        if not value:
            return None
    return function(target, value)


def word_query(target: Target, word: str) -> q.Query:
    """Documents with *word*, as typed, in a field of text.

    A word that the analyzer takes apart, such as 3.14, is looked for as a phrase.
    """
    found = _tokens(target, word)
    if not found:
        return q.NullQuery
    if kind_of(target.field) is Kind.TOKENS:
        return _all(q.Term(target.name, one, boost=target.boost) for one in found)
    forms = [Family(target.name, cached_stem(one), target.boost) for one in found]
    return forms[0] if len(forms) == 1 else Sequence(tuple(forms), None, target.boost)


def phrase_query(target: Target, words: list[str], distance: int | None) -> q.Query:
    """Documents with exactly these tokens next to one another."""
    if not words:
        return q.NullQuery
    terms = tuple(q.Term(target.name, word, boost=target.boost) for word in words)
    return terms[0] if len(terms) == 1 else Sequence(terms, distance, target.boost)


def gram_query(target: Target, word: str) -> q.Query:
    """Documents with all n-grams of *word*; or its letters, if it is too short."""
    grams = list(target.field.process_text(word, mode="query"))
    if grams:
        return _all(q.Term(target.name, gram, boost=target.boost) for gram in grams)
    letters = "".join(surfaces(word))
    if not letters:
        return q.NullQuery
    at_start = getattr(target.field.analyzer[-1], "at", 0) < 0
    return (q.Prefix if at_start else Containing)(target.name, letters)


def _all(queries: Iterable[q.Query]) -> q.Query:
    several = list(queries)
    return several[0] if len(several) == 1 else q.And(several)


def _tokens(target: Target, text: str) -> list[str]:
    """The terms that the index would hold for *text*."""
    if kind_of(target.field) is Kind.WORDS:
        return surfaces(text)
    return [token.text for token in target.field.analyzer(text, mode="query")]


def _words(target: Target, text: str) -> q.Query:
    return _all(word_query(target, word) for word in text.split() or [text])


def _phrase(target: Target, text: str) -> q.Query:
    return phrase_query(target, _tokens(target, text), None)


def _each(
    build: Callable[[Target, str], q.Query], target: Target, text: str
) -> q.Query:
    """Every token of *text* by what *build* makes of it."""
    found = _tokens(target, text)
    return _all(build(target, one) for one in found) if found else q.NullQuery


def _prefix(target: Target, text: str) -> q.Query:
    return q.Prefix(target.name, text, boost=target.boost)


def _containing(target: Target, text: str) -> q.Query:
    return Containing(target.name, text, target.boost)


def _ending(target: Target, text: str) -> q.Query:
    return EndingWith(target.name, text, target.boost)


def _fuzzy(target: Target, text: str) -> q.Query:
    return Fuzzy(
        target.name,
        text,
        target.boost,
        maxdist=target.max_edits,
        prefixlength=min(target.same_start, len(text)),
    )


def _grams(target: Target, text: str) -> q.Query:
    return _all(gram_query(target, word) for word in text.split() or [text])


def _compare_text(comparison: str, target: Target, value: Any) -> q.Query:
    if not target.field.column_type:
        raise ValueError(
            f"The field {target.name} is not kept to compare by: declare it stored."
        )
    return TextRange(target.name, value, comparison)


def _term(target: Target, value: Any) -> q.Query:
    """Documents that hold *value*, as the field spells it in its terms."""
    text = target.field.to_bytes(convert(target.field, value))
    return q.Term(target.name, text, boost=target.boost)


def _text_of(
    build: Callable[[Target, str], q.Query], target: Target, value: Any
) -> Any:
    return build(target, str(value))


def _whole(target: Target, value: Any) -> q.Query:
    return q.Term(target.name, str(value), boost=target.boost)


def _range(comparison: str, value: Any, build: Callable[..., q.Query]) -> q.Query:
    excluded = comparison in ("gt", "lt")
    if comparison in ("gt", "gte"):
        return build(value, None, excluded, False)
    return build(None, value, False, excluded)


def _compare_whole(comparison: str, target: Target, value: Any) -> q.Query:
    return _range(comparison, str(value), partial(q.TermRange, target.name))


def _compare_decimal(comparison: str, target: Target, value: Any) -> q.Query:
    return DecimalRange(target.name, str(parse_decimal(str(value))), comparison)


def _round(comparison: str, field: FieldType, value: Any) -> tuple[str, Any]:
    """The comparison of whole numbers that comes to that with the fraction *value*."""
    number = float(value) if isinstance(value, str) else value
    if getattr(field, "numtype", int) is float or number == math.floor(number):
        return comparison, convert(field, value)
    return ("gt" if comparison in ("gt", "gte") else "lte"), math.floor(number)


def _exact_number(target: Target, value: Any) -> q.Query:
    comparison, number = _round("exact", target.field, value)
    return _term(target, number) if comparison == "exact" else q.NullQuery


def _compare_number(comparison: str, target: Target, value: Any) -> q.Query:
    comparison, number = _round(comparison, target.field, value)
    return _range(comparison, number, partial(q.NumericRange, target.name))


def _compare_time(comparison: str, target: Target, value: Any) -> q.Query:
    time = convert(target.field, value)
    return _range(comparison, time, partial(q.DateRange, target.name))


def _exact_column(target: Target, value: Any) -> q.Query:
    comparison, number = _round("exact", target.field, value)
    if comparison != "exact":
        return q.NullQuery
    return ColumnRange(target.name, number, number)


def _compare_column(comparison: str, target: Target, value: Any) -> q.Query:
    comparison, number = _round(comparison, target.field, value)
    bounds = {
        "gt": (number + 1, _LARGEST),
        "gte": (number, _LARGEST),
        "lt": (MISSING + 1, number - 1),
        "lte": (MISSING + 1, number),
    }
    return ColumnRange(target.name, *bounds[comparison])


_COMPARE: Final = {
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
}


def _compare_truth(comparison: str, target: Target, value: Any) -> q.Query:
    bound = convert(target.field, value)
    passing = [one for one in (False, True) if _COMPARE[comparison](one, bound)]
    return q.Or([_term(target, one) for one in passing])


def _with_comparisons(
    compare: Callable[[str, Target, Any], q.Query], **others: Lookup
) -> Mapping[str, Lookup]:
    return {**{one: partial(compare, one) for one in COMPARISONS}, **others}


_OF_TEXT: Final = _with_comparisons(
    _compare_text,
    content=_words,
    exact=_phrase,
    startswith=partial(_each, _prefix),
    contains=partial(_each, _containing),
    endswith=partial(_each, _ending),
    fuzzy=partial(_each, _fuzzy),
)
_PARTS: Final[dict[str, Lookup]] = {
    "startswith": partial(_text_of, _prefix),
    "contains": partial(_text_of, _containing),
    "endswith": partial(_text_of, _ending),
    "fuzzy": partial(_text_of, _fuzzy),
}
_TEXT_KINDS: Final = frozenset({Kind.WORDS, Kind.TOKENS, Kind.GRAMS})

_LOOKUPS: Final[dict[Kind, Mapping[str, Lookup]]] = {
    Kind.WORDS: _OF_TEXT,
    Kind.TOKENS: _OF_TEXT,
    Kind.GRAMS: dict.fromkeys(("content", "exact", "startswith", "contains"), _grams),
    Kind.WHOLE: _with_comparisons(
        _compare_whole, content=_whole, exact=_whole, **_PARTS
    ),
    Kind.DECIMAL: _with_comparisons(
        _compare_decimal,
        content=partial(_compare_decimal, "exact"),
        exact=partial(_compare_decimal, "exact"),
        **_PARTS,
    ),
    Kind.NUMBER: _with_comparisons(
        _compare_number, content=_exact_number, exact=_exact_number
    ),
    Kind.COLUMN: _with_comparisons(
        _compare_column, content=_exact_column, exact=_exact_column
    ),
    Kind.TIME: _with_comparisons(_compare_time, content=_term, exact=_term),
    Kind.TRUTH: _with_comparisons(_compare_truth, content=_term, exact=_term),
}
