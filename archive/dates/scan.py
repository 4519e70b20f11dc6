"""Text cut into numbers, words and signs, each word with a folded spelling.

Public: `Piece`, `scan`, `fold`. The fold is the dates' own, so that this package
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


class Form(Enum):
    """What kind of characters a piece is made of."""

    NUMBER = auto()
    WORD = auto()
    SIGN = auto()
    SPACE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A number, a word or one sign: as written, and folded for look-up."""

    form: Form
    text: str
    folded: str


def fold(word: str) -> str:
    """The word without marks, tatweel, hamza seats, ى, ة, accents and capitals.

    >>> fold("آذَار"), fold("الآخرة"), fold("Février"), fold("ﺷﺒﺎﻁ")
    ('اذار', 'الاخره', 'fevrier', 'شباط')
    """
    decomposed = unicodedata.normalize("NFD", "".join(map(_reshaped, word)))
    bare = (letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return "".join(bare).translate(_FOLDS).casefold()


def scan(text: str) -> list[Piece]:
    """The pieces of the text in order; spaces and invisible characters are gone.

    >>> [piece.folded for piece in scan("١٤ـ٢ـ٢٠١٨م.")]
    ['14', '-', '2', '-', '2018', 'م', '.']
    """
    visible = (
        letter
        for letter in to_latin_digits(text)
        if unicodedata.category(letter) != "Cf" and letter not in APOSTROPHES
    )
    pieces: list[Piece] = []
    for form, letters in groupby(visible, key=_form):
        pieces += _pieces(form, "".join(letters))
    return pieces


def _pieces(form: Form, text: str) -> list[Piece]:
    if form is Form.SPACE:
        return []
    if form is Form.SIGN:
        return [Piece(form, sign, sign) for sign in text]
    if form is Form.NUMBER:
        return [Piece(form, text, text)]
    folded = fold(text)
    if not folded and TATWEEL in text:
        # A lone tatweel is what Arabic typists press for a dash: 14ـ2ـ2018.
        return [Piece(Form.SIGN, text, DASH)]
    return [Piece(form, text, folded)] if folded else []


def _form(letter: str) -> Form:
    if letter in LATIN_DIGITS:
        return Form.NUMBER
    if letter.isspace():
        return Form.SPACE
    return Form.WORD if unicodedata.category(letter)[0] in "LM" else Form.SIGN


def _reshaped(letter: str) -> str:
    if unicodedata.decomposition(letter).startswith(_SHAPES):
        return unicodedata.normalize("NFKC", letter)
    return letter
