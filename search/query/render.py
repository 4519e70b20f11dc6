"""The query tree to query text that parses back to it; the inverse of ``syntax``.

Public: `render`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from search.errors import QuerySyntaxError
from search.fields import find_text_field
from search.query.ast import (
    And,
    DateRange,
    Field,
    Fuzzy,
    Level,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from search.query.date_syntax import spell_dates
from search.query.lexer import Kind, Lexeme, may_open_quotation, quote, scan
from search.query.term_syntax import read_word

# Words of which it is kept how they are written.
CACHED_WORDS: Final = 2_000

# How tightly a place holds what stands in it: a whole query least, a field most.
_QUERY, _ALTERNATIVE, _PART, _CHILD = range(4)
# What stands before a word or phrase of each level.
_SIGNS: Final = {Level.EXACT: "=", Level.FAMILY: "", Level.ROOT: "√"}
# What stands before a quoted word, which by itself is exact.
_SIGNS_OF_QUOTED: Final = _SIGNS | {Level.FAMILY: "family:"}


def render(query: Query) -> str:
    """Query text that parses to *query* at the level of the family.

    The words of *query* must come from ``parse``. Raises TypeError for `MostOf` and
    `Everything`, for which there is no text.

    >>> render(Or((Term("نفط"), Phrase(("سكة", "حديد")))))
    'نفط OR "سكة حديد"'
    >>> render(And((Term("كتب", Level.ROOT), Not(Fuzzy("الجزاير", 2)))))
    '√كتب -الجزاير~2'
    """
    return _render(query, _QUERY)


def _render(query: Query, place: int) -> str:
    match query:
        case Or(children):
            text = " OR ".join(_render(child, _ALTERNATIVE) for child in children)
            return f"({text})" if place > _QUERY else text
        case And(children):
            text = " ".join(_render(child, _PART) for child in children)
            return f"({text})" if place > _ALTERNATIVE else text
        case Not(child):
            is_named = isinstance(child, Field | DateRange)
            text = f"-{_render(child, _PART if is_named else _CHILD)}"
            return f"({text})" if place > _PART else text
        case Field(name, child):
            text = f"{_spell_field(name)}:{_render(child, _CHILD)}"
            return f"({text})" if place > _PART else text
        case DateRange():
            return f"({spell_dates(query)})" if place > _PART else spell_dates(query)
    return _render_words(query)


def _render_words(query: Query) -> str:
    match query:
        case Prefix(text, level):
            return f"{_SIGNS[level]}{text}*"
        case Wildcard(text):
            return text
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case Term(text, level) if _is_plain(text):
            return f"{_SIGNS[level]}{text}"
        case Term(text, level):
            return f"{_SIGNS_OF_QUOTED[level]}{quote(text)}"
        case Phrase(words, level):
            return _SIGNS[level] + quote(" ".join(words))
        case Near(words, distance, level):
            return _SIGNS[level] + quote(" ".join(words)) + f"~{distance}"
    raise TypeError(f"{type(query).__name__} has no spelling.")


def _spell_field(name: str) -> str:
    field = find_text_field(name)
    if field is None:
        raise ValueError(f"No field is called {name}.")
    return field.spellings[0]


@lru_cache(CACHED_WORDS)
def _is_plain(text: str) -> bool:
    """Whether *text* is read as the term that it is, without quotation marks."""
    if may_open_quotation(text):
        return False
    try:
        if list(scan(text)) != [Lexeme(Kind.WORD, text)]:
            return False
        return read_word(text, Level.FAMILY) == Term(text)
    except QuerySyntaxError:
        return False
