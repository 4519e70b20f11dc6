"""Query trees to query text; the inverse of ``parse``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from search.errors import QuerySyntaxError
from search.fields import find_text_field
from search.query.ast import (
    And,
    DateRange,
    Field,
    Level,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from search.query.date_syntax import write_dates
from search.query.lexer import Kind, Lexeme, may_open_quotation, quote, scan
from search.query.term_syntax import LEVEL_SIGNS, read_word, write_word

# Words whose `_is_plain` is cached.
_CACHED_WORDS: Final = 2_000
# Precedence of the context, the loosest first: parentheses are written where a node
# binds less tightly than its context.
_QUERY, _ALTERNATIVE, _PART, _CHILD = range(4)
# A quoted word is exact unless a level stands before it.
_QUOTED_SIGNS: Final = LEVEL_SIGNS | {Level.FAMILY: "family:"}


def render(query: Query) -> str:
    """Query text that ``parse`` reads as *query* at the level of the family.

    The words of *query* must come from ``parse``. Raises TypeError for `MostOf` and
    `Everything`, for which there is no text.

    >>> render(Or((Term("نفط"), Phrase(("سكة", "حديد")))))
    'نفط OR "سكة حديد"'
    >>> render(And((Term("كتب", Level.ROOT), Not(Term("خبر")))))
    '√كتب -خبر'
    """
    return _render(query, _QUERY)


def _render(query: Query, context: int) -> str:
    match query:
        case Or(children):
            text = " OR ".join(_render(child, _ALTERNATIVE) for child in children)
            return f"({text})" if context > _QUERY else text
        case And(children):
            text = " ".join(_render(child, _PART) for child in children)
            return f"({text})" if context > _ALTERNATIVE else text
        case Not(child):
            is_named = isinstance(child, Field | DateRange)
            text = f"-{_render(child, _PART if is_named else _CHILD)}"
            return f"({text})" if context > _PART else text
        case Field(name, child):
            text = f"{_render_field(name)}:{_render(child, _CHILD)}"
            return f"({text})" if context > _PART else text
        case DateRange():
            return f"({write_dates(query)})" if context > _PART else write_dates(query)
    return _render_words(query)


def _render_words(query: Query) -> str:
    match query:
        case Term(text, level) if not _is_plain(text):
            return f"{_QUOTED_SIGNS[level]}{quote(text)}"
        case Phrase(words, level):
            return LEVEL_SIGNS[level] + quote(" ".join(words))
        case Near(words, distance, level):
            return LEVEL_SIGNS[level] + quote(" ".join(words)) + f"~{distance}"
    return write_word(query)


def _render_field(name: str) -> str:
    field = find_text_field(name)
    if field is None:
        raise ValueError(f"No field is called {name}.")
    return field.spellings[0]


@lru_cache(_CACHED_WORDS)
def _is_plain(text: str) -> bool:
    """Whether ``parse`` reads *text* as one term without quotation marks."""
    if may_open_quotation(text):
        return False
    try:
        lexemes = list(scan(text))
        if lexemes == [Lexeme(Kind.ADDRESS, text)]:
            return True
        if lexemes != [Lexeme(Kind.WORD, text)]:
            return False
        return read_word(text, Level.FAMILY) == Term(text)
    except QuerySyntaxError:
        return False
