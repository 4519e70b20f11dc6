"""Digits that stand for Arabic letters in romanized names: 7ussein, 3abdallah.

The Arabic chat alphabet writes letters that Latin has none for by digits of a similar
shape, and those with a dot more by an apostrophe after the digit.
"""

import re
from collections.abc import Mapping
from typing import Final

# Apostrophes, and signs for ayn and hamza, as keyboards write them.
APOSTROPHES: Final = "ʿʾʻʼ'‘’`´′"
# Digit → the code of its sounds, see ``latin``. As tables of the alphabet give them; 9
# is ص in the east and ق in the west.
_CODES: Final[Mapping[str, str]] = {
    "2": "A", "3": "A", "3'": "G", "5": "C", "6": "T", "6'": "Z", "7": "H", "7'": "C",
    "8": "Q", "9": "P", "9'": "D",
}  # fmt: skip
# An apostrophe before the first digit is written for the one after it, or is a quote.
_QUOTED_CODES: Final[Mapping[str, str]] = {
    "'3": "E", "'6": "I", "'7": "K", "'9": "O",
}  # fmt: skip
_WORD_RE: Final = re.compile("[a-zA-Z0-9']*[0-9][a-zA-Z0-9']*")
_READING_RE: Final = re.compile("^'[3679](?!')|[0-9]'?")
# Digits that are no letters, and two in a row that are neither one letter doubled nor
# between letters, as those of مصطفى: mu96afa.
_NUMBER_RE: Final = re.compile(
    r"[014]|[0-9]{3}|^'?([0-9])'?(?!\1)[0-9]|([0-9])'?(?!\2)[0-9]'?$"
)
_LETTER_RE: Final = re.compile("[a-zA-Z]")
_VOWEL_RE: Final = re.compile("[aeiouy]")
# MP3, G7 and W3C are no names; 3mr and 7sn are.
_MIN_LETTERS: Final = 2


def read_digits(text: str) -> str:
    """The folded text with codes of sounds for the digits that are letters.

    Words with a digit that is no letter stay as they are.

    >>> read_digits("7ussein 3abdallah"), read_digits("7'aled bin 9aqr")
    ('Hussein Aabdallah', 'Caled bin Paqr')
    >>> read_digits("f16 4li 1952 mp3")
    'f16 4li 1952 mp3'
    """
    return _WORD_RE.sub(_read_word, text)


def _read_word(match: re.Match[str]) -> str:
    word = match.group()
    return _READING_RE.sub(_read_digit, word) if _is_name(word) else word


def _is_name(word: str) -> bool:
    if _NUMBER_RE.search(word) or len(_LETTER_RE.findall(word)) < _MIN_LETTERS:
        return False
    return bool(_VOWEL_RE.search(word)) or word.lstrip("'")[:1].isdigit()


def _read_digit(match: re.Match[str]) -> str:
    signs = match.group()
    # An apostrophe after 2, 5 and 8 has no meaning of its own.
    return _QUOTED_CODES.get(signs) or _CODES.get(signs) or _CODES[signs[0]]
