"""The query tree to query text that parses back to it; the inverse of ``syntax``.

Public: `render`.
"""

from __future__ import annotations

from typing import Final

from search.fields import find_text_field
from search.query import And, Field, Level, Near, Not, Or, Phrase, Prefix, Query, Term
from search.scanning import Kind, Lexeme, scan

# How tightly a place holds what stands in it: a whole query least, a field most.
_QUERY, _ALTERNATIVE, _PART, _CHILD = range(4)
# Opening quotation marks and what ends their text; the first that fits is used.
_QUOTES: Final = (('"', '"“”„‟＂'), ("«", "»"), ("»", "«"), ("‹", "›"), ("›", "‹"))


def render(query: Query) -> str:
    """Query text that parses to *query*, which must come from ``parse``.

    >>> render(Or((Term("نفط"), Phrase(("سكة", "حديد")))))
    'نفط OR "سكة حديد"'
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
            text = f"-{_render(child, _PART if isinstance(child, Field) else _CHILD)}"
            return f"({text})" if place > _PART else text
        case Field(name, child):
            text = f"{_spell_field(name)}:{_render(child, _CHILD)}"
            return f"({text})" if place > _PART else text
    return _render_words(query)


def _render_words(query: Query) -> str:
    match query:
        case Prefix(text):
            return f"{text}*"
        case Term(text, Level.FAMILY):
            return text
        case Term(text):
            return f"={text}" if _is_plain(text) else "=" + _quote(text)
        case Phrase(words, level):
            return _mark(level) + _quote(" ".join(words))
        case Near(words, distance, level):
            return _mark(level) + _quote(" ".join(words)) + f"~{distance}"
    raise TypeError(f"{type(query).__name__} has no spelling.")


def _spell_field(name: str) -> str:
    field = find_text_field(name)
    if field is None:
        raise ValueError(f"No field is called {name}.")
    return field.spellings[0]


def _is_plain(text: str) -> bool:
    """Whether *text* is a word to the scanner and not an operator or a prefix."""
    if text.endswith("*") or any(set(closing) & set(text) for _, closing in _QUOTES):
        return False
    return list(scan(text)) == [Lexeme(Kind.WORD, text)]


def _quote(text: str) -> str:
    for opening, closing in _QUOTES:
        if not set(closing) & set(text):
            return f"{opening}{text}{closing[0]}"
    raise ValueError("The text holds quotation marks of every kind.")


def _mark(level: Level) -> str:
    return "=" if level is Level.EXACT else ""
