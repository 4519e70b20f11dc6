"""Text cut into numbers, words and signs, each word with a folded spelling.

Public: `Lexeme`, `scan`, `fold`. The fold is the dates' own, so that this package
stands without the search; it is only ever used to look words up in a table.
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

# Compatibility decompositions of the letter shapes old encodings stored: ﺷﺒﺎﻁ.
_SHAPES: Final = ("<isolated>", "<initial>", "<medial>", "<final>")


class LexemeKind(Enum):
    """What kind of characters a piece is made of."""

    NUMBER = auto()
    WORD = auto()
    SIGN = auto()
    SPACE = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A number, a word or one sign: as written, and folded for look-up."""

    form: LexemeKind
    text: str
    folded: str


def fold(word: str) -> str:
    """The word without marks, tatweel, hamza seats, ى, ة, accents and capitals.

    >>> fold("آذَار"), fold("الآخرة"), fold("Février"), fold("ﺷﺒﺎﻁ")
    ('اذار', 'الاخره', 'fevrier', 'شباط')
    """
    decomposed = unicodedata.normalize(
        "NFD", "".join(map(_compose_presentation_form, word))
    )
    bare = (letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return "".join(bare).translate(_FOLDS).casefold()


def scan(text: str) -> list[Lexeme]:
    """The pieces of the text in order; spaces and invisible characters are gone.

    >>> [piece.folded for piece in scan("١٤ـ٢ـ٢٠١٨م.")]
    ['14', '-', '2', '-', '2018', 'م', '.']
    """
    visible = (
        letter
        for letter in to_latin_digits(text)
        if unicodedata.category(letter) != "Cf" and letter not in APOSTROPHES
    )
    pieces: list[Lexeme] = []
    for form, letters in groupby(visible, key=_kind):
        pieces += _lexemes(form, "".join(letters))
    return pieces


def _lexemes(form: LexemeKind, text: str) -> list[Lexeme]:
    if form is LexemeKind.SPACE:
        return []
    if form is LexemeKind.SIGN:
        return [Lexeme(form, sign, sign) for sign in text]
    if form is LexemeKind.NUMBER:
        return [Lexeme(form, text, text)]
    folded = fold(text)
    if not folded and TATWEEL in text:
        # A lone tatweel is what Arabic typists press for a dash: 14ـ2ـ2018.
        return [Lexeme(LexemeKind.SIGN, text, DASH)]
    return [Lexeme(form, text, folded)] if folded else []


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
