"""Folding: spelling variation that does not tell words apart is removed.

The folded form of a word is its *surface form*, a term of the index. Folding changes
the length of a word, so offsets always refer to the original text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from search.arabic import letters as l
from search.arabic.numbers import drop_leading_zero, fold_number, is_number

# Letter → the characters that fold to it.
_VARIANTS: Final = {
    l.ALEF: l.ALEF_HAMZA_ABOVE
    + l.ALEF_HAMZA_BELOW
    + l.ALEF_MADDA
    + l.ALEF_WASLA
    + l.OTHER_ALEFS,
    # One letter for every seat, so that مسؤول and مسئول are one word.
    l.HAMZA: l.WAW_HAMZA
    + l.YEH_HAMZA
    + l.HIGH_HAMZA
    + l.YEH_HIGH_HAMZA
    + l.YEH_BARREE_HAMZA,
    l.YEH: l.ALEF_MAKSURA + l.FARSI_YEHS,
    l.HEH: l.TEH_MARBUTA + l.HEHS + l.HEH_WITH_HAMZA + l.TEH_MARBUTA_GOAL,
    l.KAF: l.KEHEHS + l.GAFS,
    l.WAW: l.KURDISH_WAWS + l.WAW_HIGH_HAMZA,
    l.BEH: l.PEH,
    l.JEEM: l.TCHEH,
    l.ZAIN: l.JEH,
    l.FEH: l.VEHS,
    l.TEH: l.TTEH,
    l.DAL: l.DDAL,
    l.REH: l.RREH,
    l.NOON: l.NOON_GHUNNA,
    l.LAM: l.LAM_WITH_SMALL_V,
    # Latin letters whose stroke or missing dot Unicode does not take apart.
    "d": "đ",
    "h": "ħ",
    "i": "ı",
    "l": "ł",
    "o": "ø",
    "t": "ŧ",
}
# Alphanumeric or joined in words by Unicode's properties, but not part of the spelling.
_NOT_SPELLING: Final = frozenset(
    l.TATWEEL + l.QURANIC_SIGNS + l.APOSTROPHES + l.AYN_QUOTES + l.AYN_LETTERS
)
_ASCII_MARKS: Final = str.maketrans("", "", "'`.")
_PRESENTATION_RE: Final = re.compile(f"[{l.PRESENTATION_RANGES}]")
# پێشمەرگە is بيشمركة in Arabic print, and ئەربیل is أربيل: a vowel inside a word is not
# written, and the hamza before a first vowel is an alef.
_KURDISH_RE: Final = re.compile(f"[{l.KURDISH_LETTERS}]")
_INNER_AE_RE: Final = re.compile(f"{l.AE}(?=[^{l.LETTER_RANGES}]*[{l.LETTER_RANGES}])")
_FIRST_VOWEL_RE: Final = re.compile(
    f"{l.YEH_HAMZA}[^{l.LETTER_RANGES}]*(?:{l.ALEF}|(?=[{l.AE}{l.WAW}{l.KURDISH_WAWS}"
    f"{l.YEH}{l.FARSI_YEHS}{l.YEH_WITH_SMALL_V}]))"
)
_COMBINING_HAMZA_RE: Final = re.compile(f"[{l.COMBINING_HAMZAS}]")
# لﷲ is لله: after ل the article loses its alef.
_LI_ALLAH_RE: Final = re.compile(
    f"^([{l.WAW}{l.FEH}]?[{l.NONSPACING_MARKS}]*{l.LAM}[{l.NONSPACING_MARKS}]*){l.ALLAH}"
)
# The letters from ء to ي without tatweel: most words of a text have no others, and
# most of the others but these with diacritics and tatweel.
_PLAIN_LETTERS: Final = f"{l.HAMZA}-{l.GHAIN}{l.FEH}-{l.YEH}"
_PLAIN_ARABIC_RE: Final = re.compile(f"[{_PLAIN_LETTERS}]+")
_MARKED_ARABIC_RE: Final = re.compile(f"[{_PLAIN_LETTERS}{l.DIACRITICS}{l.TATWEEL}]+")
# شيء is often printed شئ, so the yeh before a last hamza does not count.
_YEH_BEFORE_LAST_HAMZA_RE: Final = re.compile(f"{l.YEH}+{l.HAMZA}$")


# Words that print today leaves without an alef, as the mushaf does.
_WITHOUT_ALEF_RE: Final = re.compile(
    "[وف]?[بلك]?(?:هذ[هاي]|هذان|هذين|هكذا|هؤلاء|ذل?ك|ذلكم|ذلكما|[أا]ولئك|[أا]ولئكم|لكن.*"
    "|[اٱ]?لله|[اٱ]للهم|(?:[اٱ]ل)?[إا]له.{0,3}|(?:[اٱ]ل)?رحمن|طه|يس)"
)
_MARKS: Final = f"[{l.NONSPACING_MARKS}{l.TATWEEL}]"
_MARKS_RE: Final = re.compile(f"[{l.NONSPACING_MARKS}{l.QURANIC_SIGNS}{l.TATWEEL}]")
# Where و or ى bears the alef it stands for one: الصلوٰة, التورىٰة.
_BEARER_RE: Final = re.compile(
    f"{l.WAW}{l.DAGGER_ALEF}(?={_MARKS}*[{l.TEH_MARBUTA}{l.HEH}])"
    f"|{l.ALEF_MAKSURA}{l.DAGGER_ALEF}(?={_MARKS}*[{l.LETTER_RANGES}])"
)
_ALEF_THERE_RE: Final = re.compile(
    f"([{l.ALEF}{l.ALEF_HAMZA_ABOVE}{l.ALEF_HAMZA_BELOW}{l.ALEF_MADDA}{l.ALEF_WASLA}"
    f"{l.ALEF_MAKSURA}]{_MARKS}*?){l.DAGGER_ALEF}"
)


def restore_alefs(word: str) -> str:
    """A *word* of the mushaf with the letters that it has above others.

    Those that print leaves out today too are not restored.

    >>> [restore_alefs(word) for word in ("السمٰوٰت", "الصلوٰة", "إبرٰهۧم", "هٰذا", "علىٰ")]
    ['السماوات', 'الصلاة', 'إبراهيم', 'هذا', 'على']
    """
    if _WITHOUT_ALEF_RE.fullmatch(_MARKS_RE.sub("", word)):
        return word.replace(l.DAGGER_ALEF, "")
    word = _BEARER_RE.sub(l.ALEF, word.replace(l.SMALL_HIGH_YEH, l.YEH))
    return _ALEF_THERE_RE.sub(r"\1", word).replace(l.DAGGER_ALEF, l.ALEF)


@cache
def _letter_table() -> dict[int, str]:
    rows = (*l.REGIONAL.items(), *_VARIANTS.items())
    variants = {char: target for target, chars in rows for char in chars}
    first, last = map(ord, l.DIACRITICS.split("-"))
    signs = "".join(map(chr, range(first, last + 1)))
    return str.maketrans(
        variants | dict.fromkeys(l.AYN_LETTERS + signs + l.TATWEEL, "")
    )


def fold(word: str) -> str:
    """The surface form of one *word*, its term in the index.

    Diacritics, tatweel, hamza seats, alef forms, ى and ي, ة and ه, letters that Arabic
    lacks (of Persian, Kurdish, the Maghreb), presentation forms, digit sets, case,
    accents, invisible characters and the signs of hamza and ayn in Latin words do not
    count, nor do the dots of U.S.A. and the separators of thousands. All other letters
    stay: ا and final ى, ت and ة are two. Idempotent.

    >>> fold("الْعَرَبِيَّةُ"), fold("مسئول") == fold("مَسؤُول"), fold("سنة٢٠٢٣")
    ('العربيه', True, 'سنه2023')
    >>> fold("ڨالمة"), fold("پێشمەرگە") == fold("بيشمركة")
    ('قالمه', True)
    >>> fold("Évén"), fold("Don’t"), fold("Sharīʿa"), fold("Ma‘rifa")
    ('even', 'dont', 'sharia', 'marifa')
    >>> fold("U.S.A"), fold("١٬٠٠٠"), fold("1.5") == fold("١٫٥")
    ('usa', '1000', True)
    >>> fold("السمٰوٰت") == fold("السماوات"), fold("هٰذا") == fold("هذا")
    (True, True)
    >>> fold("كتاب"), fold("عصا") == fold("عصى"), fold("بنات") == fold("بناة")
    ('كتاب', False, False)
    """
    if _MARKED_ARABIC_RE.fullmatch(word):
        return drop_yeh_before_last_hamza(word.translate(_letter_table()))
    if l.DAGGER_ALEF in word or l.SMALL_HIGH_YEH in word:
        return fold(restore_alefs(word))
    if word[:1].isdecimal() and (number := fold_number(word)):
        return number
    if _PRESENTATION_RE.search(word):
        word = spell_out(word)
    elif _COMBINING_HAMZA_RE.search(word):
        word = unicodedata.normalize("NFC", word)
    if word.isascii():
        return drop_leading_zero(word.lower().translate(_ASCII_MARKS))
    if _KURDISH_RE.search(word):
        word = _fold_kurdish_vowels(word)
    word = word.translate(_letter_table())
    if not is_plain_arabic(word):
        word = drop_leading_zero(_fold_other(word))
    return drop_yeh_before_last_hamza(word)


def spell_out(word: str) -> str:
    """*word* with letters for presentation forms and ligatures.

    >>> spell_out("ﺍﻟﻤﺮﻛﺐ"), spell_out("عبدﷲ"), spell_out("لﷲ")
    ('المركب', 'عبدالله', 'لله')
    """
    spelled = _LI_ALLAH_RE.sub(rf"\1{l.LAM}{l.HEH}", word)
    return unicodedata.normalize("NFKC", spelled)


def _fold_kurdish_vowels(word: str) -> str:
    if first := _FIRST_VOWEL_RE.match(word):
        word = l.ALEF + word[first.end() :]
    return _INNER_AE_RE.sub("", word)


def is_plain_arabic(word: str) -> bool:
    """Whether *word* has only letters from ء to ي: no diacritic, tatweel or digit.

    >>> is_plain_arabic("مسؤولية"), is_plain_arabic("كتابٌ"), is_plain_arabic("گاز")
    (True, False, False)
    """
    return _PLAIN_ARABIC_RE.fullmatch(word) is not None


def fold_prefix(word: str) -> str:
    """*word* folded as the beginning of a longer word.

    Unlike ``fold``, it keeps the yeh before a hamza that need not be the last letter.

    >>> fold_prefix("شيء"), fold("شيء")
    ('شيء', 'شء')
    >>> fold_prefix("مكتبة"), fold_prefix("كتا")
    ('مكتبه', 'كتا')
    """
    return fold(word) if is_number(word) else fold(word + l.ALEF)[:-1]


def drop_yeh_before_last_hamza(word: str) -> str:
    """*word* without the yeh before a last hamza, because شيء and شئ are one word.

    >>> drop_yeh_before_last_hamza("شيء"), drop_yeh_before_last_hamza("سماء")
    ('شء', 'سماء')
    """
    if not word.endswith(l.HAMZA):
        return word
    return _YEH_BEFORE_LAST_HAMZA_RE.sub(l.HAMZA, word)


def _fold_other(word: str) -> str:
    """Fold what the letter table does not have: digits, case, accents, diacritics."""
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    decomposed = unicodedata.normalize("NFKD", decomposed).translate(_letter_table())
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in decomposed
        if char.isalnum() and char not in _NOT_SPELLING
    )
