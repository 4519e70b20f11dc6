"""From a lookup of a field, as Haystack names them, to a Whoosh query.

What a lookup means depends on the kind of the field: words of a text are looked for
by word family, values of a facet whole, numbers and dates by value. The tables at
the end say which lookups each kind has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from whoosh import query as q

from search.arabic.analyzer import cached_stem, surfaces
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.haystack_api.value_lookups import (
    Target,
    build_range,
    compare_column,
    compare_decimal,
    compare_number,
    compare_time,
    compare_truth,
    exact_column,
    exact_number,
    exact_value,
)
from search.engines.whoosh.query.nodes import Family, NearQuery, PhraseQuery
from search.engines.whoosh.query.term_tests import (
    Containing,
    EndingWith,
    Fuzzy,
    TextRange,
)

COMPARISONS: Final = ("gt", "gte", "lt", "lte")

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
        if kind_of(target.field) is Kind.KEYWORD:
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
    if kind_of(target.field) is Kind.TEXT:
        return _all(q.Term(target.name, one, boost=target.boost) for one in found)
    forms = [Family(target.name, cached_stem(one), target.boost) for one in found]
    return _adjacent(tuple(forms), target.boost)


def phrase_query(target: Target, words: list[str], distance: int | None) -> q.Query:
    """Documents with exactly these tokens next to one another."""
    if not words:
        return q.NullQuery
    terms = tuple(q.Term(target.name, word, boost=target.boost) for word in words)
    if distance is None or len(terms) == 1:
        return _adjacent(terms, target.boost)
    return NearQuery(terms, distance, boost=target.boost)


def _adjacent(terms: tuple[q.Query, ...], boost: float) -> q.Query:
    return terms[0] if len(terms) == 1 else PhraseQuery(terms, boost=boost)


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
    if kind_of(target.field) is Kind.ARABIC_TEXT:
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


def _text_of(
    build: Callable[[Target, str], q.Query], target: Target, value: Any
) -> Any:
    return build(target, str(value))


def _whole(target: Target, value: Any) -> q.Query:
    return q.Term(target.name, str(value), boost=target.boost)


def _compare_whole(comparison: str, target: Target, value: Any) -> q.Query:
    return build_range(comparison, str(value), partial(q.TermRange, target.name))


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
_TEXT_KINDS: Final = frozenset({Kind.ARABIC_TEXT, Kind.TEXT, Kind.NGRAM})

_LOOKUPS: Final[dict[Kind, Mapping[str, Lookup]]] = {
    Kind.ARABIC_TEXT: _OF_TEXT,
    Kind.TEXT: _OF_TEXT,
    Kind.NGRAM: dict.fromkeys(("content", "exact", "startswith", "contains"), _grams),
    Kind.KEYWORD: _with_comparisons(
        _compare_whole, content=_whole, exact=_whole, **_PARTS
    ),
    Kind.DECIMAL: _with_comparisons(
        compare_decimal,
        content=partial(compare_decimal, "exact"),
        exact=partial(compare_decimal, "exact"),
        **_PARTS,
    ),
    Kind.NUMBER: _with_comparisons(
        compare_number, content=exact_number, exact=exact_number
    ),
    Kind.COLUMN: _with_comparisons(
        compare_column, content=exact_column, exact=exact_column
    ),
    Kind.DATETIME: _with_comparisons(
        compare_time, content=exact_value, exact=exact_value
    ),
    Kind.BOOLEAN: _with_comparisons(
        compare_truth, content=exact_value, exact=exact_value
    ),
}
