"""The field types of an index, and the Whoosh schema for Haystack's declarations.

A ``CharField`` is Arabic text unless it names an analyzer; a facet or multi-value
field is a set of keywords; numbers and dates have doc values to sort and count by;
``stored`` is honored. Every index on disk names the classes here by their paths:
neither their names nor this module's may change.
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
from search.arabic.tokenize import WORD_RE, words_of

# The numeric doc value of a document without a number.
MISSING: Final = -(2**63)


class ArabicAnalyzer(Analyzer):  # type: ignore[misc]
    """The site's analyzer for Whoosh: tokens are surface forms with original offsets.

    Offsets are in characters of the text as given, before folding.
    """

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
            # Whoosh's query parser takes a pattern as one token.
            token.text = fold_words(value)
            yield token
            return
        for found in analyze(value):
            token.text = found.surface
            token.printed = found.printed
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
    """Text indexed by surface form, family and root, with positions.

    A list of strings is one text of several parts, which no phrase crosses.
    """

    def __init__(self, *, stored: bool = False, sortable: bool = False) -> None:
        super().__init__(analyzer=ArabicAnalyzer(), stored=stored, sortable=sortable)


class MarkedWords(FieldType):  # type: ignore[misc]
    """The words of a text that are printed with diacritics, with positions.

    The terms are those of ``diacritics_term``.
    """

    def __init__(self) -> None:
        super().__init__(Positions(), ArabicAnalyzer(), scorable=False)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        positions: dict[bytes, list[int]] = {}
        for token, form in analyze_diacritics(str(value)):
            if form:
                term = diacritics_term(token.surface, form)
                positions.setdefault(term, []).append(token.position)
        for term, of_term in sorted(positions.items()):
            yield term, len(of_term), 1.0, self.format.encode(of_term)


def diacritics_field(name: str) -> str:
    """The name of the ``MarkedWords`` field beside the Arabic text *name*."""
    return f"{name}_marked"


def diacritics_term(surface: str, form: str) -> bytes:
    """The term of a word with diacritics: surface form, TAB and diacritized *form*.

    So the terms of one surface form have a common prefix.

    >>> diacritics_term("كتاب", "كِتاب").decode().split("\\t")
    ['كتاب', 'كِتاب']
    """
    return f"{surface}\t{form}".encode()


class Values(FieldType):  # type: ignore[misc]
    """One or several keywords: values indexed whole, for facets and filters.

    A value may be any string, with commas and spaces.
    """

    def __init__(self, *, stored: bool = False, unique: bool = False) -> None:
        super().__init__(Existence(), ID().analyzer, stored=stored, unique=unique)

    def index(
        self, value: Any, **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in sorted({str(item).encode() for item in split_values(value)}):
            yield term, 1, 1.0, b""

    def process_text(self, qstring: str, mode: str = "", **kwargs: Any) -> list[str]:
        return [qstring]


class Decimals(Values):
    """Decimal numbers as keywords, with all their digits, compared by value."""


def split_values(value: Any) -> list[Any]:
    """The items of a field's *value*, which is ``None``, one item or a collection.

    >>> split_values("نص"), split_values(None)
    (['نص'], [])
    """
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _text(field: Any) -> FieldType:
    if field.analyzer:
        return TEXT(stored=field.stored, analyzer=field.analyzer, sortable=field.stored)
    return ArabicText(stored=field.stored, sortable=field.stored)


def fold_words(text: str) -> str:
    """*text* with its words folded and everything between them unchanged.

    >>> fold_words("*أَحْمد?")
    '*احمد?'
    """
    return WORD_RE.sub(
        lambda match: " ".join(map(cached_fold, words_of(match.group()))), text
    )


def _keywords(field: Any) -> FieldType:
    field_type = Decimals if _is_decimal(field) else Values
    return field_type(stored=field.stored)


def _is_decimal(field: Any) -> bool:
    """Haystack's ``field_type`` is ``string`` for decimals as for texts."""
    return any(base.__name__ == "DecimalField" for base in type(field).__mro__)


def _integer(field: Any) -> FieldType:
    if not field.indexed:
        return COLUMN(NumericColumn("q", default=MISSING))
    return NUMERIC(int, bits=64, stored=field.stored, sortable=True)


# Haystack's ``field_type`` → the field in the index.
_FIELD_TYPES = {
    "date": lambda field: DATETIME(stored=field.stored, sortable=True),
    "datetime": lambda field: DATETIME(stored=field.stored, sortable=True),
    "integer": _integer,
    # The postings tell which documents have a number; the default only fills gaps.
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
    """The schema of Haystack's *fields* and its *identifiers*, the first unique."""
    schema = Schema()
    for number, name in enumerate(identifiers):
        schema.add(name, Values(stored=True, unique=number == 0))
    for field in fields.values():
        is_facet = field.field_type == "string" and getattr(field, "facet_for", None)
        if is_facet or field.is_multivalued or _is_decimal(field):
            build = _keywords
        else:
            build = _FIELD_TYPES.get(field.field_type, _text)
        field_type = build(field)
        schema.add(field.index_fieldname, field_type)
        if isinstance(field_type, ArabicText):
            schema.add(diacritics_field(field.index_fieldname), MarkedWords())
    return schema
