"""Compiles one lookup of a field, such as ``startswith``, to a Whoosh query.

The kind of the field decides what a lookup means: words of a text match by word
family, keywords as a whole, numbers and dates by value. The tables at the end of the
module list the lookups of each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from whoosh import query as q

from search.arabic.analyzer import surfaces
from search.engines.whoosh.field_values import Kind, kind_of
from search.engines.whoosh.haystack_api.value_lookups import (
    Target,
    build_range,
    compare_boolean,
    compare_column,
    compare_datetime,
    compare_decimal,
    compare_number,
    exact_column,
    exact_number,
    exact_value,
)
from search.engines.whoosh.query.nodes import Family, NearQuery, PhraseQuery
from search.engines.whoosh.query.term_tests import (
    ContainsTerm,
    EndsWithTerm,
    LevenshteinTerm,
    TextRange,
)

COMPARISONS: Final = ("gt", "gte", "lt", "lte")

Lookup = Callable[[Target, Any], q.Query]


def compile_lookup(target: Target, lookup: str, value: Any) -> q.Query | None:
    """The query for documents whose field passes *lookup* with *value*.

    ``None`` for an empty text, which asks for nothing. A *value* of ``None`` matches no
    document. Raises ValueError where the field has no such lookup or cannot hold the
    value.
    """
    if lookup == "in":
        return q.Or(_compile_each(target, "exact", value))
    if lookup == "range":
        first, last = value
        if kind_of(target.field) is Kind.KEYWORD:
            # Of several keywords one must be in the range; two conditions could be met
            # by two.
            return q.TermRange(target.name, str(first), str(last))
        low = _compile_each(target, "gte", [first])
        return q.And([*low, *_compile_each(target, "lte", [last])])
    if isinstance(value, list | tuple | set | frozenset):
        # All of several values are required, as all of several words are.
        return q.And(_compile_each(target, lookup, value)) if value else q.NullQuery
    return _compile_value(target, lookup, value)


def _compile_each(target: Target, lookup: str, values: Iterable[Any]) -> list[q.Query]:
    """The queries of *values*, empty texts left out."""
    compiled = [_compile_value(target, lookup, value) for value in values]
    return [query for query in compiled if query is not None]


def _compile_value(target: Target, lookup: str, value: Any) -> q.Query | None:
    kind = kind_of(target.field)
    build = _LOOKUPS[kind].get(lookup)
    if build is None:
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
    return build(target, value)


def word_query(target: Target, word: str) -> q.Query:
    """Documents with *word*, or another form of its family, in a field of text.

    A word of several tokens, such as 3.14, is a phrase in Arabic text; in text with an
    analyzer of its own all its tokens are required.
    """
    tokens = _tokens(target, word)
    if not tokens:
        return q.NullQuery
    if kind_of(target.field) is Kind.TEXT:
        return _all(q.Term(target.name, token, boost=target.boost) for token in tokens)
    forms = [Family.of(target.name, token, target.boost) for token in tokens]
    return _adjacent(tuple(forms), target.boost)


def phrase_query(target: Target, tokens: list[str], distance: int | None) -> q.Query:
    """Documents with these terms side by side, in this order.

    With a *distance* in any order, all within a window of so many positions more.
    """
    if not tokens:
        return q.NullQuery
    terms = tuple(q.Term(target.name, token, boost=target.boost) for token in tokens)
    if distance is None or len(terms) == 1:
        return _adjacent(terms, target.boost)
    return NearQuery(terms, distance, boost=target.boost)


def _adjacent(terms: tuple[q.Query, ...], boost: float) -> q.Query:
    return terms[0] if len(terms) == 1 else PhraseQuery(terms, boost=boost)


def gram_query(target: Target, word: str) -> q.Query:
    """Documents with all n-grams of *word*.

    A word shorter than an n-gram matches as a part of n-grams, or as their beginning
    where the field has edge n-grams.
    """
    grams = list(target.field.process_text(word, mode="query"))
    if grams:
        return _all(q.Term(target.name, gram, boost=target.boost) for gram in grams)
    letters = "".join(surfaces(word))
    if not letters:
        return q.NullQuery
    # Whoosh's filter has -1 for grams of the start of a word only.
    has_edge_grams = getattr(target.field.analyzer[-1], "at", 0) < 0
    return (q.Prefix if has_edge_grams else ContainsTerm)(target.name, letters)


def _all(queries: Iterable[q.Query]) -> q.Query:
    clauses = list(queries)
    return clauses[0] if len(clauses) == 1 else q.And(clauses)


def _tokens(target: Target, text: str) -> list[str]:
    """The terms of *text* by the analyzer of the field."""
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
    """All of the queries that *build* makes of the tokens of *text*."""
    tokens = _tokens(target, text)
    return _all(build(target, token) for token in tokens) if tokens else q.NullQuery


def _prefix(target: Target, text: str) -> q.Query:
    return q.Prefix(target.name, text, boost=target.boost)


def _containing(target: Target, text: str) -> q.Query:
    return ContainsTerm(target.name, text, target.boost)


def _ending(target: Target, text: str) -> q.Query:
    return EndsWithTerm(target.name, text, target.boost)


def _fuzzy(target: Target, text: str) -> q.Query:
    return LevenshteinTerm(
        target.name,
        text,
        target.boost,
        maxdist=target.max_edits,
        prefixlength=min(target.prefix_length, len(text)),
    )


def _grams(target: Target, text: str) -> q.Query:
    return _all(gram_query(target, word) for word in text.split() or [text])


def _compare_text(comparison: str, target: Target, value: Any) -> q.Query:
    if not target.field.column_type:
        raise ValueError(
            f"The field {target.name} is not kept to compare by: declare it stored."
        )
    return TextRange(target.name, value, comparison)


def _as_text(
    build: Callable[[Target, str], q.Query], target: Target, value: Any
) -> Any:
    return build(target, str(value))


def _keyword(target: Target, value: Any) -> q.Query:
    return q.Term(target.name, str(value), boost=target.boost)


def _compare_keyword(comparison: str, target: Target, value: Any) -> q.Query:
    return build_range(comparison, str(value), partial(q.TermRange, target.name))


def _with_comparisons(
    compare: Callable[[str, Target, Any], q.Query], **others: Lookup
) -> Mapping[str, Lookup]:
    comparisons = {name: partial(compare, name) for name in COMPARISONS}
    return {**comparisons, **others}


_TEXT_LOOKUPS: Final = _with_comparisons(
    _compare_text,
    content=_words,
    exact=_phrase,
    startswith=partial(_each, _prefix),
    contains=partial(_each, _containing),
    endswith=partial(_each, _ending),
    fuzzy=partial(_each, _fuzzy),
)
# Of whole values, letter by letter.
_PART_LOOKUPS: Final[dict[str, Lookup]] = {
    "startswith": partial(_as_text, _prefix),
    "contains": partial(_as_text, _containing),
    "endswith": partial(_as_text, _ending),
    "fuzzy": partial(_as_text, _fuzzy),
}
_TEXT_KINDS: Final = frozenset({Kind.ARABIC_TEXT, Kind.TEXT, Kind.NGRAM})

_LOOKUPS: Final[dict[Kind, Mapping[str, Lookup]]] = {
    Kind.ARABIC_TEXT: _TEXT_LOOKUPS,
    Kind.TEXT: _TEXT_LOOKUPS,
    Kind.NGRAM: dict.fromkeys(("content", "exact", "startswith", "contains"), _grams),
    Kind.KEYWORD: _with_comparisons(
        _compare_keyword, content=_keyword, exact=_keyword, **_PART_LOOKUPS
    ),
    Kind.DECIMAL: _with_comparisons(
        compare_decimal,
        content=partial(compare_decimal, "exact"),
        exact=partial(compare_decimal, "exact"),
        **_PART_LOOKUPS,
    ),
    Kind.NUMBER: _with_comparisons(
        compare_number, content=exact_number, exact=exact_number
    ),
    Kind.COLUMN: _with_comparisons(
        compare_column, content=exact_column, exact=exact_column
    ),
    Kind.DATETIME: _with_comparisons(
        compare_datetime, content=exact_value, exact=exact_value
    ),
    Kind.BOOLEAN: _with_comparisons(
        compare_boolean, content=exact_value, exact=exact_value
    ),
}
