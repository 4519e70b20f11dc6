"""The tokenizer: words of a text, unfolded, with their offsets.

A run of Arabic letters with their diacritics, tatweel and joiners is one word; so is a
run of other letters, and a number. A change of script ends a word, because print joins
the article and prepositions to Latin names (الـBBC) and numbers (لـ15); so do digits,
because F16 is F-16 elsewhere. A character that stands for several words (ﷺ) is each of
them, and a compound (عبدالله) its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from search.arabic import letters as l
from search.arabic.compounds import is_whole, parts_of
from search.arabic.numbers import NUMBER

_INSIDE: Final = f"{l.NONSPACING_MARKS}{l.QURANIC_SIGNS}{l.TATWEEL}{l.INVISIBLE_RANGES}"
_WORDS_OF: Final = {
    char: tuple(words.split()) for char, words in l.PHRASE_LIGATURES.items()
}
# Signs beside words that are never part of one.
_PUNCTUATION: Final = '،؛؟.,:;!?()[]«»"“”…-–'
_OTHER: Final = f"(?![{l.LETTER_RANGES}])[^\\W\\d_{l.OTHER_DIGITS}]"
_ACCENTS: Final = f"[{l.COMBINING_RANGES}{l.INVISIBLE_RANGES}]"
WORD_RE: Final = re.compile(
    # الْعَرَبِيَّةُ, العـــراق, عبدﷲ
    f"[{l.SINGLE_LETTERS}][{l.SINGLE_LETTERS}{_INSIDE}]*"
    f"(?:[{l.WORD_LIGATURES}][{_INSIDE}]*)?"
    f"|[{l.WORD_LIGATURES}][{_INSIDE}]*"
    f"|[{''.join(_WORDS_OF)}]"
    # One look at a space instead of four.
    "|(?=[^\\W_])(?:"
    # 1,000, ٣٫٥; 2023, ١٩٤٨
    f"{NUMBER}"
    f"|[\\d{l.OTHER_DIGITS}](?:[\\d{l.OTHER_DIGITS}]|{_ACCENTS})*"
    # U.S.A
    f"|{_OTHER}{_ACCENTS}*(?:\\.{_OTHER}{_ACCENTS}*(?![^\\W_]))+"
    # Beirut, l'Orient, Ma‘rifa
    f"|{_OTHER}(?:{_OTHER}|{_ACCENTS}|[{l.APOSTROPHES}{l.AYN_QUOTES}](?={_OTHER}))*)"
)


def iter_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of *text* with its start and end offset in characters.

    The words that one character or compound stands for have the same offsets.

    >>> list(iter_words("قالَ ﷻ"))
    [('قالَ', 0, 4), ('جل', 5, 6), ('جلاله', 5, 6)]
    >>> list(iter_words("عبدالله"))
    [('عبد', 0, 7), ('الله', 0, 7)]
    """
    for match in WORD_RE.finditer(text):
        start, end = match.span()
        for word in words_of(match.group()):
            yield word, start, end


def list_words(text: str) -> list[str]:
    """The words of *text*, as ``iter_words`` gives them.

    >>> list_words("قالَ الـBBC في ١٩٤٨: «العـــراق»")
    ['قالَ', 'الـ', 'BBC', 'في', '١٩٤٨', 'العـــراق']
    """
    # Most texts that are asked for are one word with a sign beside it, or without.
    word = text.strip(_PUNCTUATION)
    return [word] if is_whole(word) else expand(WORD_RE.findall(text))


def expand(printed: list[str]) -> list[str]:
    """The words that matches of ``WORD_RE`` stand for; the same list if themselves.

    >>> expand(["قال", "ﷻ"])
    ['قال', 'جل', 'جلاله']
    """
    if all(map(is_whole, printed)):
        return printed
    return [word for one in printed for word in words_of(one)]


def words_of(printed: str) -> tuple[str, ...]:
    """The words that a match of ``WORD_RE`` stands for.

    It, or the words of a ligature, or the parts of a compound.

    >>> words_of("عزّ"), words_of("﷿"), words_of("أبوظبي")
    (('عزّ',), ('عز', 'وجل'), ('أبو', 'ظبي'))
    """
    return _WORDS_OF.get(printed) or parts_of(printed)


def is_word(text: str) -> bool:
    """Whether *text* is one word and nothing else.

    >>> is_word("مَكتب"), is_word("مكتب،"), is_word("ﷻ")
    (True, False, False)
    """
    return WORD_RE.fullmatch(text) is not None and len(words_of(text)) == 1
