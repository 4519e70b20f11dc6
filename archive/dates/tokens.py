"""The tokenizer: lexemes become numbers, months, eras and separators of a date."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from archive.dates.doubts import find_doubt
from archive.dates.errors import DateNotUnderstood, Trouble
from archive.dates.months import Calendar, Month
from archive.dates.scan import DASH, Lexeme, LexemeKind
from archive.dates.words import Meaning, match_phrase

_DASHES: Final = frozenset("-‐‑‒–—−")
_SEPARATORS: Final = frozenset("/.؍\\") | _DASHES
_IGNORED_SIGNS: Final = frozenset('،,()[]:؛;«»"“”*|=')

_DAY_DIGITS: Final = 2
_YEAR_DIGITS: Final = 4


class Kind(StrEnum):
    """The kind of a token; joined values are the shape of a date, such as "n/n/y"."""

    DAY_OR_MONTH = "n"
    YEAR = "y"
    MONTH = "M"
    ERA = "e"
    SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a date, with `number` for n and y, `month` for M, or `era` for e.

    The last day of a month is an n with `is_last_day` and without a number.
    """

    kind: Kind
    text: str
    number: int = 0
    month: Month | None = None
    era: Calendar | None = None
    is_last_day: bool = False

    @property
    def calendar(self) -> Calendar | None:
        """The calendar of the month or era, None for other tokens."""
        return self.month.calendar if self.month else self.era

    @property
    def is_dash(self) -> bool:
        """Whether it is a separator that may also join the ends of a range."""
        return self.text == DASH


def tokenize(lexemes: list[Lexeme]) -> list[Token]:
    """The tokens, without ignored punctuation, weekdays and linking words.

    Raises DateNotUnderstood for a word that cannot be part of a date.

    >>> from archive.dates.scan import scan
    >>> "".join(token.kind for token in tokenize(scan("الأحد 3 شباط/فبراير 2018م")))
    'nM/Mye'
    """
    tokens: list[Token] = []
    index = 0
    while index < len(lexemes):
        match = match_phrase(lexemes, index)
        if match is not None:
            meaning, after = match
            text = " ".join(lexeme.text for lexeme in lexemes[index:after])
            tokens += _phrase_tokens(meaning, text)
            index = after
            continue
        tokens += _lexeme_tokens(lexemes[index], lexemes)
        index += 1
    return tokens


def _phrase_tokens(meaning: Meaning, text: str) -> list[Token]:
    if meaning.month is not None:
        return [Token(Kind.MONTH, text, month=meaning.month)]
    if meaning.era is not None:
        return [Token(Kind.ERA, text, era=meaning.era)]
    if meaning.day is not None:
        return [Token(Kind.DAY_OR_MONTH, text, number=meaning.day)]
    if meaning.is_last_day:
        return [Token(Kind.DAY_OR_MONTH, text, is_last_day=True)]
    return []


def _lexeme_tokens(lexeme: Lexeme, text: list[Lexeme]) -> list[Token]:
    if lexeme.kind is LexemeKind.NUMBER:
        return [_number(lexeme.text)]
    if lexeme.text in _IGNORED_SIGNS:
        return []
    if lexeme.folded in _DASHES:
        return [Token(Kind.SEPARATOR, DASH)]
    if lexeme.text in _SEPARATORS:
        return [Token(Kind.SEPARATOR, lexeme.text)]
    raise DateNotUnderstood(find_doubt(lexeme, text), lexeme.text)


def _number(digits: str) -> Token:
    if len(digits) > _YEAR_DIGITS:
        raise DateNotUnderstood(Trouble.WORD, digits)
    is_year = len(digits) > _DAY_DIGITS
    return Token(
        Kind.YEAR if is_year else Kind.DAY_OR_MONTH, digits, number=int(digits)
    )
