"""Words as the mushaf prints them, and how other books spell them.

The mushaf keeps the letters of its first copies and sets small signs beside them for
what is read without being written, and over what is written without being read.
Whoever quotes a verse spells as is done today, or leaves the signs out. Signs: the
Unicode standard, chapter 9.2, “Quranic annotation signs”.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Final

from search.arabic.normalize import fold

_DAGGER: Final = "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
_HAMZA: Final = "[\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}]"
_SUKUN: Final = "\N{ARABIC SUKUN}"
# Over a letter that is not read: of one encoding zeros, of another the sukun.
_ZEROS: Final = (
    "\N{ARABIC SMALL HIGH ROUNDED ZERO}\N{ARABIC SMALL HIGH UPRIGHT RECTANGULAR ZERO}"
)
_SILENT: Final = f"[{_SUKUN}{_ZEROS}]"
_FIRST_PAUSE: Final = "\N{ARABIC SMALL HIGH LIGATURE SAD WITH LAM WITH ALEF MAKSURA}"
# Signs that stand in the mushaf alone, and spellings of hamza that no other book has.
_SIGN_RE: Final = re.compile(
    f"[{_DAGGER}ٱ{_FIRST_PAUSE}-\N{ARABIC SMALL LOW MEEM}]|ـ{_SUKUN}?{_HAMZA}|ا{_SUKUN}"
    f"|(?:^|[أبتثج-غف-ه]{_SUKUN}?)ء{_SUKUN}?[ء-ي]|[اآ]ءو$"
)
# What is written where the word has this, the likeliest first.
_WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    f"ؤا{_SILENT}$": ("ء", "ا", "ؤا"),
    f"إ[يى]{_SILENT}": ("ئ", "إ"),
    f"(?<=أ)و{_SILENT}|و[{_ZEROS}]": ("و", ""),
    f"ا{_SILENT}": ("ا", ""),
    f"[يى][{_ZEROS}]": ("ي", ""),
    f"و{_DAGGER}": ("ا", "و", "وا"),
    f"ى{_DAGGER}": ("ى", "ا", "يا"),
    f"ى{_HAMZA}": ("ئ",),
    f"و{_HAMZA}": ("ؤ",),
    f"ء{_DAGGER}?ا$": ("ا", "اى", "اءى"),
    "ءو$": ("ءو", "ءوا"),
    # A hamza on no letter: other books give it one.
    f"ـ?{_HAMZA}|(?<![اويى])ء(?=.)": ("ء", "ا", ""),
    _DAGGER: ("ا", ""),
    "\N{ARABIC SMALL WAW}": ("", "و"),
    "[\N{ARABIC SMALL YEH}\N{ARABIC SMALL HIGH YEH}]": ("", "ي"),
    "\N{ARABIC SMALL HIGH NOON}": ("ن", ""),
    f"ص{_SUKUN}?\N{ARABIC SMALL HIGH SEEN}": ("ص", "س"),
    # One ل of الليل and اللاتي, no ا of واسأل.
    f"(?<=[اٱ])ل(?=ـ?[ايذ{_DAGGER}])": ("ل", "لل"),
    f"(?<=^[وف])س(?={_SUKUN}?ـ)": ("س", "اس"),
}
_WRITTEN_RE: Final = re.compile("|".join(f"({each})" for each in _WRITTEN))
_ALTERNATIVES: Final = tuple(_WRITTEN.values())
# Of a word; more only where signs were forged.
_MOST_SPELLINGS: Final = 64
_VOWELS_RE: Final = re.compile(
    "[\N{ARABIC FATHATAN}-\N{ARABIC SHADDA}\N{ARABIC MADDAH ABOVE}"
    "\N{ARABIC SUBSCRIPT ALEF}-\N{ARABIC WAVY HAMZA BELOW}]"
)
_PAUSES_RE: Final = re.compile(
    f"[{_FIRST_PAUSE}-\N{ARABIC SMALL HIGH THREE DOTS}"
    "\N{ARABIC END OF AYAH}\N{ARABIC START OF RUB EL HIZB}"
    "\N{ARABIC SMALL HIGH DOTLESS HEAD OF KHAH}-\N{ARABIC SMALL HIGH MADDA}"
    "\N{ARABIC PLACE OF SAJDAH}-\N{ARABIC SMALL LOW MEEM}]"
)


def is_of_mushaf(printed: str) -> bool:
    """Whether *printed* has a sign that the mushaf alone has, or a dagger alef.

    >>> is_of_mushaf("ٱلصِّرَٰطَ"), is_of_mushaf("الصِّرَاطَ")
    (True, False)
    """
    return bool(_SIGN_RE.search(_list_letters(printed)))


def list_spellings(printed: str) -> list[str]:
    """The surface forms of the spellings of a word of the mushaf, its own first.

    >>> list_spellings("ٱلصِّرَٰطَ")
    ['الصراط', 'الصرط']
    """
    letters = _PAUSES_RE.sub("", _list_letters(printed))
    pieces = product(*_iter_pieces(letters))
    spellings = map("".join, islice(pieces, _MOST_SPELLINGS))
    return list(dict.fromkeys(map(fold, spellings)))


def _list_letters(printed: str) -> str:
    """A word without vowels; composed, for a hamza that has its letter is no sign."""
    return _VOWELS_RE.sub("", unicodedata.normalize("NFC", printed))


def _iter_pieces(letters: str) -> Iterator[tuple[str, ...]]:
    """What may be written for each piece of a word."""
    start = 0
    for match in _WRITTEN_RE.finditer(letters):
        yield (letters[start : match.start()],)
        yield _ALTERNATIVES[(match.lastindex or 1) - 1]
        start = match.end()
    yield (letters[start:],)
