"""The kinds of fields of an index, and the schema of whatever Haystack declares.

Haystack's declarations decide: a ``CharField`` is Arabic text unless it names an
analyzer, a facet or multi-value field holds its values whole, numbers and dates
have a column to sort and count by, and ``stored`` is honored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from whoosh.analysis import Analyzer, Token
from whoosh.columns import NumericColumn
from whoosh.fields import (
    BOOLEAN,
    COLUMN,
    DATETIME,
    ID,
    NGRAMWORDS,
    NUMERIC,
    TEXT,
    FieldType,
    Schema,
)
from whoosh.formats import Existence, Positions

from search.arabic.analyzer import analyze, cached_fold
from search.arabic.diacritics import analyze_diacritics
from search.arabic.tokenize import WORD_RE

# What a column of numbers holds for a document that has none.
MISSING: Final = -(2**63)


class ArabicAnalyzer(Analyzer):  # type: ignore[misc]
    """Whoosh's view of the analyzer: tokens are surface forms with original offsets."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, mode=mode, **kwargs)
        if not kwargs.get("tokenize", True):
            # A pattern of Whoosh's query parser: one token, whatever it holds.
            token.text = fold_words(value)
            yield token
            return
        for found in analyze(value):
            token.text = found.surface
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = start_pos + found.position
            if chars:
                token.startchar = start_char + found.start
                token.endchar = start_char + found.end
            yield token

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class ArabicText(TEXT):  # type: ignore[misc]
    """Text found by surface form, family and root, with positions.

    A list of strings is one text whose parts no phrase crosses.
    """

    def __init__(self, *, stored: bool = False, sortable: bool = False) -> None:
        super().__init__(analyzer=ArabicAnalyzer(), stored=stored, sortable=sortable)


class MarkedWords(FieldType):  # type: ignore[misc]
    """The words of a text that have vowel marks, as they are marked, with positions.

    A term is a surface form, a tab and its marked form: see ``diacritics_term``.
    """

    def __init__(self) -> None:
        super().__init__(Positions(), ArabicAnalyzer(), scorable=False)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[bytes, list[int]] = {}
        for token, form in analyze_diacritics(str(value)):
            if form:
                term = diacritics_term(token.surface, form)
                places.setdefault(term, []).append(token.position)
        for term, positions in sorted(places.items()):
            yield term, len(positions), 1.0, self.format.encode(positions)


def diacritics_field(name: str) -> str:
    """The field for the vowel marks of the Arabic text *name*."""
    return f"{name}_marked"


def diacritics_term(surface: str, form: str) -> bytes:
    """The term for the marked *form* of a surface form; those of one are neighbors."""
    return f"{surface}\t{form}".encode()


class Values(FieldType):  # type: ignore[misc]
    """One or several values kept whole: what facets count and filters select.

    A value may hold anything, commas and spaces included.
    """

    def __init__(self, *, stored: bool = False, unique: bool = False) -> None:
        super().__init__(Existence(), ID().analyzer, stored=stored, unique=unique)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in sorted({str(one).encode() for one in split_values(value)}):
            yield term, 1, 1.0, b""

    def process_text(self, qstring: str, mode: str = "", **kwargs: Any) -> list[str]:
        return [qstring]


class Decimals(Values):
    """Decimal numbers, kept whole and in full, compared by value."""


def split_values(value: Any) -> list[Any]:
    """The single values of a field's value, whether it has one or several."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _text(field: Any) -> FieldType:
    if field.analyzer:
        return TEXT(stored=field.stored, analyzer=field.analyzer, sortable=field.stored)
    return ArabicText(stored=field.stored, sortable=field.stored)


def fold_words(text: str) -> str:
    """*text* with its words folded and everything between them as it is.

    >>> fold_words("*أَحْمد?")
    '*احمد?'
    """
    return WORD_RE.sub(lambda match: cached_fold(match.group()), text)


def _values(field: Any) -> FieldType:
    kind = Decimals if _is_decimal(field) else Values
    return kind(stored=field.stored)


def _is_decimal(field: Any) -> bool:
    """Haystack calls the type of its decimals ``string``, as that of its texts."""
    return any(kind.__name__ == "DecimalField" for kind in type(field).__mro__)


def _integer(field: Any) -> FieldType:
    if not field.indexed:
        return COLUMN(NumericColumn("q", default=MISSING))
    return NUMERIC(int, bits=64, stored=field.stored, sortable=True)


# Haystack's name of a field type → the field in the index.
_FIELD_TYPES = {
    "date": lambda field: DATETIME(stored=field.stored, sortable=True),
    "datetime": lambda field: DATETIME(stored=field.stored, sortable=True),
    "integer": _integer,
    # Which documents have a number is in the postings; the default only fills.
    "float": lambda field: NUMERIC(
        float, stored=field.stored, sortable=True, default=0.0
    ),
    "boolean": lambda field: BOOLEAN(stored=field.stored),
    "ngram": lambda field: NGRAMWORDS(
        minsize=3, maxsize=15, tokenizer=ArabicAnalyzer(), stored=field.stored
    ),
    "edge_ngram": lambda field: NGRAMWORDS(
        minsize=2,
        maxsize=15,
        tokenizer=ArabicAnalyzer(),
        at="start",
        stored=field.stored,
    ),
}


def build_schema(fields: Mapping[str, Any], identifiers: Iterable[str]) -> Schema:
    """The schema for Haystack's *fields* and its *identifiers*, the first unique."""
    schema = Schema()
    for place, name in enumerate(identifiers):
        schema.add(name, Values(stored=True, unique=place == 0))
    for field in fields.values():
        is_whole = field.is_multivalued or getattr(field, "facet_for", None)
        is_text = field.field_type == "string"
        if (is_whole and is_text) or field.is_multivalued or _is_decimal(field):
            build = _values
        else:
            build = _FIELD_TYPES.get(field.field_type, _text)
        made = build(field)
        schema.add(field.index_fieldname, made)
        if isinstance(made, ArabicText):
            schema.add(diacritics_field(field.index_fieldname), MarkedWords())
    return schema
