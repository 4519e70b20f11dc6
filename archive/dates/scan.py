"""The scanner: text is cut into lexemes, each with a folded spelling for look-up.

The fold is the package's own, which must not depend on search.
"""

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import Final

from archive.dates.digits import LATIN_DIGITS, to_latin_digits

TATWEEL: Final = "ـ"
DASH: Final = "-"
APOSTROPHES: Final = frozenset("'’‘`ʼʾʿ")

_FOLDS: Final = str.maketrans(
    {"ى": "ي", "ی": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ٱ": "ا", "ء": "",
     TATWEEL: "", " ": ""}
)  # fmt: skip

# Compatibility decompositions of Arabic presentation forms: ﺷﺒﺎﻁ.
_SHAPES: Final = ("<isolated>", "<initial>", "<medial>", "<final>")


class LexemeKind(Enum):
    """The kind of characters in a lexeme."""

    NUMBER = auto()
    WORD = auto()
    SIGN = auto()
    SPACE = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A number, a word or one sign, as written and folded."""

    kind: LexemeKind
    text: str
    folded: str


def fold(word: str) -> str:
    """The word for look-up: no diacritics, tatweel or case; hamza, ى and ة folded.

    >>> fold("آذَار"), fold("الآخرة"), fold("Février"), fold("ﺷﺒﺎﻁ")
    ('اذار', 'الاخره', 'fevrier', 'شباط')
    """
    decomposed = unicodedata.normalize(
        "NFD", "".join(map(_compose_presentation_form, word))
    )
    bare = (letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return "".join(bare).translate(_FOLDS).casefold()


def scan(text: str) -> list[Lexeme]:
    """The lexemes of the text, without spaces and invisible characters.

    >>> [lexeme.folded for lexeme in scan("١٤ـ٢ـ٢٠١٨م.")]
    ['14', '-', '2', '-', '2018', 'م', '.']
    """
    visible = (
        letter
        for letter in to_latin_digits(text)
        if unicodedata.category(letter) != "Cf" and letter not in APOSTROPHES
    )
    lexemes: list[Lexeme] = []
    for kind, letters in groupby(visible, key=_kind):
        lexemes += _lexemes(kind, "".join(letters))
    return lexemes


def _lexemes(kind: LexemeKind, text: str) -> list[Lexeme]:
    if kind is LexemeKind.SPACE:
        return []
    if kind is LexemeKind.SIGN:
        return [Lexeme(kind, sign, sign) for sign in text]
    if kind is LexemeKind.NUMBER:
        return [Lexeme(kind, text, text)]
    folded = fold(text)
    if not folded and TATWEEL in text:
        # Arabic typists use a lone tatweel as a dash: 14ـ2ـ2018.
        return [Lexeme(LexemeKind.SIGN, text, DASH)]
    return [Lexeme(kind, text, folded)] if folded else []


def _kind(letter: str) -> LexemeKind:
    if letter in LATIN_DIGITS:
        return LexemeKind.NUMBER
    if letter.isspace():
        return LexemeKind.SPACE
    return (
        LexemeKind.WORD if unicodedata.category(letter)[0] in "LM" else LexemeKind.SIGN
    )


def _compose_presentation_form(letter: str) -> str:
    if unicodedata.decomposition(letter).startswith(_SHAPES):
        return unicodedata.normalize("NFKC", letter)
    return letter
