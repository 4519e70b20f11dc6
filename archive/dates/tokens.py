"""Scanned text as the tokens a date is made of: numbers, months, marks, separators.

Public: `Kind`, `Token`, `tokenize`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.months import Calendar, Month
from archive.dates.scan import DASH, Lexeme, LexemeKind
from archive.dates.words import Meaning, is_month_prefix, match_phrase

_DASHES: Final = frozenset("-‐‑‒–—−")
_SEPARATORS: Final = frozenset("/.؍\\") | _DASHES
_IGNORED_SIGNS: Final = frozenset('،,()[]:؛;«»"“”*|=')

_DAY_DIGITS: Final = 2
_YEAR_DIGITS: Final = 4


class Kind(StrEnum):
    """The kind of a token; the values spell the shape of a date, as in "n/n/y"."""

    DAY_OR_MONTH = "n"
    YEAR = "y"
    MONTH = "M"
    MARK = "e"
    SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a date: `number` for n and y, `month` for M, `mark` for e."""

    kind: Kind
    text: str
    number: int = 0
    month: Month | None = None
    mark: Calendar | None = None

    @property
    def calendar(self) -> Calendar | None:
        """The calendar that the token alone decides, if any."""
        return self.month.calendar if self.month else self.mark

    @property
    def is_dash(self) -> bool:
        """Whether it is a separator that may also join the ends of a range."""
        return self.text == DASH


def tokenize(pieces: list[Lexeme]) -> list[Token]:
    """The tokens; silent punctuation, weekdays and linking words are dropped.

    Raises DateNotUnderstood for a word that has no place in a date.

    >>> from archive.dates.scan import scan
    >>> "".join(token.kind for token in tokenize(scan("الأحد 3 شباط/فبراير 2018م")))
    'nM/Mye'
    """
    tokens: list[Token] = []
    index = 0
    while index < len(pieces):
        found = match_phrase(pieces, index)
        if found is not None:
            meaning, after = found
            text = " ".join(piece.text for piece in pieces[index:after])
            tokens += _phrase_tokens(meaning, text)
            index = after
            continue
        tokens += _lexeme_tokens(pieces[index])
        index += 1
    return tokens


def _phrase_tokens(meaning: Meaning, text: str) -> list[Token]:
    if meaning.month is not None:
        return [Token(Kind.MONTH, text, month=meaning.month)]
    if meaning.mark is not None:
        return [Token(Kind.MARK, text, mark=meaning.mark)]
    if meaning.day is not None:
        return [Token(Kind.DAY_OR_MONTH, text, number=meaning.day)]
    return []


def _lexeme_tokens(piece: Lexeme) -> list[Token]:
    if piece.form is LexemeKind.NUMBER:
        return [_number(piece.text)]
    if piece.text in _IGNORED_SIGNS:
        return []
    if piece.folded in _DASHES:
        return [Token(Kind.SEPARATOR, DASH)]
    if piece.text in _SEPARATORS:
        return [Token(Kind.SEPARATOR, piece.text)]
    if is_month_prefix(piece.folded):
        raise DateNotUnderstood(Trouble.HALF_A_MONTH, piece.text)
    raise DateNotUnderstood(Trouble.WORD, piece.text)


def _number(digits: str) -> Token:
    if len(digits) > _YEAR_DIGITS:
        raise DateNotUnderstood(Trouble.WORD, digits)
    is_year = len(digits) > _DAY_DIGITS
    return Token(
        Kind.YEAR if is_year else Kind.DAY_OR_MONTH, digits, number=int(digits)
    )
