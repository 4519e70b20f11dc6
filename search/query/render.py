"""Query trees to query text; the inverse of ``parse``."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
from search.query.date_fields import name_in_arabic
from search.query.date_syntax import write_dates
from search.query.lexer import Kind, Lexeme, may_open_quotation, quote, scan
from search.query.term_syntax import LEVEL_SIGNS, read_word, write_word

# Words whose `_is_plain` is cached.
_CACHED_WORDS: Final = 2_000
# Precedence of the context, the loosest first: parentheses are written where a node
# binds less tightly than its context.
_QUERY, _ALTERNATIVE, _PART, _CHILD = range(4)
_ENGLISH: Final = "en"
_ARABIC: Final = "ar"
_DATE_RE: Final = re.compile(r"[a-z]+(?=:)")


@dataclass(frozen=True, slots=True)
class _Words:
    """What is written between and before the words of a query, in one language."""

    either: str
    family: str
    is_arabic: bool = False

    def field(self, name: str) -> str:
        """The name of a field of words as it is written."""
        field = find_text_field(name)
        if field is None:
            raise ValueError(f"No field is called {name}.")
        return field.arabic_spelling if self.is_arabic else field.spellings[0]

    def dates(self, dates: DateRange) -> str:
        """A field of dates with its days."""
        text = write_dates(dates)
        if not self.is_arabic:
            return text
        return _DATE_RE.sub(lambda name: name_in_arabic(name.group()), text, count=1)

    def sign(self, level: Level) -> str:
        """What stands before a quoted word, which is exact without a level."""
        return f"{self.family}:" if level is Level.FAMILY else LEVEL_SIGNS[level]


_WORDS: Final = {
    _ENGLISH: _Words("OR", "family"),
    _ARABIC: _Words("أو", "عائلة", is_arabic=True),
}


def render(query: Query, language: str | None = _ENGLISH) -> str:
    """Query text that ``parse`` reads as *query* at the level of the family.

    Operators and fields are written in *language*: in Arabic for ``"ar"``, else in
    English. The words of *query* must come from ``parse``. Raises TypeError for
    `MostOf` and `Everything`, for which there is no text.

    >>> render(Or((Term("نفط"), Phrase(("سكة", "حديد")))))
    'نفط OR "سكة حديد"'
    >>> render(And((Term("كتب", Level.ROOT), Not(Term("خبر")))))
    '√كتب -خبر'
    >>> render(Field("title", Or((Term("دجلة"), Term("الفرات")))), "ar")
    'عنوان:(دجلة أو الفرات)'
    """
    is_arabic = (language or "").startswith(_ARABIC)
    return _render(query, _QUERY, _WORDS[_ARABIC if is_arabic else _ENGLISH])


def _render(query: Query, context: int, words: _Words) -> str:
    match query:
        case Or(children):
            parts = (_render(child, _ALTERNATIVE, words) for child in children)
            text = f" {words.either} ".join(parts)
            return f"({text})" if context > _QUERY else text
        case And(children):
            text = " ".join(_render(child, _PART, words) for child in children)
            return f"({text})" if context > _ALTERNATIVE else text
        case Not(child):
            is_named = isinstance(child, Field | DateRange)
            text = f"-{_render(child, _PART if is_named else _CHILD, words)}"
            return f"({text})" if context > _PART else text
        case Field(name, child):
            text = f"{words.field(name)}:{_render(child, _CHILD, words)}"
            return f"({text})" if context > _PART else text
        case DateRange():
            text = words.dates(query)
            return f"({text})" if context > _PART else text
        case Term(text, level) if not _is_plain(text):
            return f"{words.sign(level)}{quote(text)}"
    return _render_words(query)


def _render_words(query: Query) -> str:
    match query:
        case Phrase(words, level):
            return LEVEL_SIGNS[level] + quote(" ".join(words))
        case Near(words, distance, level):
            return LEVEL_SIGNS[level] + quote(" ".join(words)) + f"~{distance}"
    return write_word(query)


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
