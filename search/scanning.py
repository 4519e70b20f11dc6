"""Query text to lexemes: words, quoted phrases, operators, field names, parentheses.

The scanner knows how people type: straight, curly and angular quotes, operators in
Arabic and English, a minus that belongs to the next word. What it does not know is
part of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from search.errors import QuerySyntaxError


class Kind(StrEnum):
    """What a lexeme is to the parser."""

    WORD = "word"
    QUOTED = "quoted"
    FIELD = "field"
    OR = "or"
    AND = "and"
    NOT = "not"
    EXACT = "exact"
    OPEN = "("
    CLOSE = ")"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query; ``text`` is without its quotes or colon.

    ``distance`` is the number behind the tilde of "a b"~5, or ``None``. ``start``
    and ``end`` are offsets in the query text and do not count when comparing.
    """

    kind: Kind
    text: str
    distance: int | None = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


# Phones and newspapers open and close with any of these, in either direction.
_DOUBLE: Final = '"“”„‟＂'
_CLOSING: Final = {"«": "»", "»": "«", "‹": "›", "›": "‹"} | dict.fromkeys(
    _DOUBLE, _DOUBLE
)

# Spellings of the operators that stand between words.
_OPERATORS: Final = {
    "OR": Kind.OR,
    "أو": Kind.OR,
    "او": Kind.OR,
    "|": Kind.OR,
    "||": Kind.OR,
    "AND": Kind.AND,
    "&": Kind.AND,
    "&&": Kind.AND,
    "NOT": Kind.NOT,
    "بدون": Kind.NOT,
}
_PARENTHESES: Final = {"(": Kind.OPEN, ")": Kind.CLOSE}
_SIGNS: Final = {"-": Kind.NOT, "−": Kind.NOT, "=": Kind.EXACT}

# Everything up to a space, a parenthesis or a quote.
_QUOTES: Final = re.escape("".join(_CLOSING))
_CHUNK_RE: Final = re.compile(rf"[^\s(){_QUOTES}]+")
# title:, عنوان: with something right behind the colon; 10:30 is a time, and in
# (قال:) the colon is the text's.
_FIELD_RE: Final = re.compile(rf"([^\W\d][^\s:(){_QUOTES}]*):(?=[^\s)])")
_DISTANCE_RE: Final = re.compile(r"~(\d{1,3})(?!\w)")


def scan(text: str) -> Iterator[Lexeme]:
    """The lexemes of *text* in order.

    Raises QuerySyntaxError for a quotation mark without its partner.

    >>> [lexeme.kind.value for lexeme in scan("نفط أو «سكة حديد» -title:مصر")]
    ['word', 'or', 'quoted', 'not', 'field', 'word']
    """
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
        elif char in _PARENTHESES:
            yield _sign(_PARENTHESES[char], char, at)
            at += 1
        elif char in _CLOSING:
            lexeme = _scan_quoted(text, at)
            yield lexeme
            at = lexeme.end
        elif char in _SIGNS and text[at + 1 : at + 2].strip():
            yield _sign(_SIGNS[char], char, at)
            at += 1
        else:
            lexeme = _scan_chunk(text, at)
            yield lexeme
            at = lexeme.end


def _sign(kind: Kind, char: str, at: int) -> Lexeme:
    return Lexeme(kind, char, start=at, end=at + 1)


def _scan_quoted(text: str, at: int) -> Lexeme:
    closing = _CLOSING[text[at]]
    ends = [
        found for found in (text.find(char, at + 1) for char in closing) if found > 0
    ]
    if not ends:
        without = text[:at] + " " + text[at + 1 :]
        raise QuerySyntaxError(
            _("A quotation mark stands alone. Close it, or take it away."),
            fragment=text[at:],
            correction=" ".join(without.split()),
        )
    end = min(ends)
    distance = _DISTANCE_RE.match(text, end + 1)
    return Lexeme(
        Kind.QUOTED,
        text[at + 1 : end],
        int(distance.group(1)) if distance else None,
        start=at,
        end=distance.end() if distance else end + 1,
    )


def _scan_chunk(text: str, at: int) -> Lexeme:
    name = _FIELD_RE.match(text, at)
    if name:
        return Lexeme(Kind.FIELD, name.group(1), start=at, end=name.end())
    match = _CHUNK_RE.match(text, at)
    chunk = match.group() if match else text[at]
    kind = _OPERATORS.get(chunk, Kind.WORD)
    return Lexeme(kind, chunk, start=at, end=at + len(chunk))
