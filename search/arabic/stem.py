"""The light stemmer: what the forms of one word share.

Proclitics (و ف ب ك ل ال) and endings (pronouns, duals, plurals, the feminine)
come off a surface form as long as enough of a word is left. The idea is
Larkey, Ballesteros and Connell's light10 (2002); the wider clitics and their
guards are ours. The result names a family; it need not be a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from search.arabic import letters as l
from search.arabic.normalize import drop_yeh_before_last_hamza
from search.arabic.protected_words import PROTECTED_WORDS

# So that لغة and سنة are of one family with اللغة and السنة.
SHORTEST_STEMMED: Final = 3
SHORTEST_ENGLISH: Final = 4

# مدينة must not become مد.
SHORTEST_CUT_TWICE: Final = 3

_ARTICLE: Final = l.ALEF + l.LAM
_ONE_LETTER: Final = l.WAW + l.FEH + l.BEH + l.KAF + l.LAM
# What may come off, and how many letters it must leave.
_WITH_ARTICLE: Final = {
    "وبال": 2, "وكال": 2, "فبال": 2, "فكال": 2, "ولل": 2, "فلل": 2,
    "وال": 2, "بال": 2, "كال": 2, "فال": 2, "ال": 2, "لل": 2,
}  # fmt: skip
# Without the article these may be the word's own letters: see protected_words.py.
_WITHOUT_ARTICLE: Final = {"وب": 3, "ول": 3, "و": 3, "ب": 3, "ل": 3}
# These only before letters that show a noun of place or a verb behind them (كمدينة،
# فيقول، فسيكون), and only before long words: many a name begins with ف or ك.
_BEFORE: Final = {"ك": ("م",), "ف": ("م", "ي", "سي", "ست")}
_LONG: Final = 4
# Its forms look like ones of له, which would find half of every archive.
_GOD: Final = "الله"
_FORMS_OF_GOD: Final = frozenset(
    ["الله", "والله", "فالله", "بالله", "وبالله", "تالله", "لله", "ولله", "فلله"]
)
_ENDINGS: Final = {
    "اتهما": 3, "تهما": 3, "اتهم": 3, "اتها": 3, "اتنا": 3, "اتكم": 3, "هما": 3,
    "تهم": 3, "تها": 3, "تنا": 3, "يات": 3, "يون": 3, "يين": 3, "اته": 3,
    "وها": 3, "وهم": 3, "ها": 2, "هم": 3, "هن": 3, "كم": 3, "نا": 3, "ان": 2,
    "ات": 2, "ون": 3, "ين": 2, "وا": 3, "يه": 2, "ته": 3, "ه": 2, "ي": 2, "ا": 3,
}  # fmt: skip
# By its first letter, how many letters a proclitic may have, and an ending by its last:
# the longer first. Most words have no such letter.
_Sizes = Mapping[str, tuple[int, ...]]
# The first three letters of the protected words (all of a word of two), so that most
# other words need no lookup.
_OWN_BEGINNINGS: Final = frozenset(word[:3] for word in PROTECTED_WORDS)


def _sizes(affixes: Iterable[str], edge: int) -> _Sizes:
    """The sizes of *affixes* by their letter at the *edge* of a word."""
    sizes: dict[str, set[int]] = {}
    for affix in affixes:
        sizes.setdefault(affix[edge], set()).add(len(affix))
    return {letter: tuple(sorted(of, reverse=True)) for letter, of in sizes.items()}


_SIZES_WITH: Final = _sizes(_WITH_ARTICLE, 0)
_SIZES_WITHOUT: Final = _sizes(_WITHOUT_ARTICLE, 0)
_SIZES_OF_ENDINGS: Final = _sizes(_ENDINGS, -1)


def stem(surface: str) -> str:
    """The light stem of a surface form; the form itself where nothing comes off.

    *surface* must be folded: see ``normalize.fold``.

    >>> stem("والكتاب"), stem("وبالكتاب"), stem("كتابها"), stem("كتاب")
    ('كتاب', 'كتاب', 'كتاب', 'كتاب')
    >>> stem("مدرسه"), stem("المدرسات"), stem("وزير"), stem("books")
    ('مدرس', 'مدرس', 'وزير', 'book')
    >>> stem("بكتاب"), stem("لرئيس") == stem("الرئيس"), stem("بيروت"), stem("لجنه")
    ('كتاب', True, 'بيروت', 'لجن')
    >>> stem("كمدينه") == stem("مدينه"), stem("فيقول"), stem("كمبيوتر")
    (True, 'يقول', 'كمبيوتر')
    >>> stem("شيءا") == stem("شء"), stem("لله") == stem("له")
    (True, False)
    """
    if surface.isascii():
        return _stem_english(surface)
    if surface in _FORMS_OF_GOD:
        return _GOD
    if len(surface) < SHORTEST_STEMMED or not l.HAMZA <= surface[0] <= l.YEH:
        return surface
    for word in _candidates(surface):
        if word[:3] in _OWN_BEGINNINGS or word[:2] in _OWN_BEGINNINGS:
            for form in _forms(word):
                if form in PROTECTED_WORDS:
                    return form
    return drop_yeh_before_last_hamza(_cut_endings(_cut_proclitic(surface)))


def _candidates(surface: str) -> tuple[str, ...]:
    """*surface* without an article, whole, and without one letter: بالولاية, لوزير."""
    cut = _cut_one(surface, _WITH_ARTICLE, _SIZES_WITH)
    if surface[0] in _ONE_LETTER and not surface.startswith(_ARTICLE, 1):
        return cut, surface, surface[1:]
    return cut, surface


def _forms(word: str) -> Iterator[str]:
    """*word*, all that is left of it without one ending, and without two.

    >>> list(_forms("ولايات"))
    ['ولايات', 'ولاي', 'ولا', 'ولا']
    """
    yield word
    for size in reversed(_SIZES_OF_ENDINGS.get(word[-1:], ())):
        rest = _ENDINGS.get(word[-size:])
        if rest is not None and len(word) - size >= rest:
            yield word[:-size]
    yield _cut_endings(word)


def _cut_proclitic(word: str) -> str:
    rest = _cut_one(word, _WITH_ARTICLE, _SIZES_WITH)
    if rest == word:
        rest = _cut_one(word, _WITHOUT_ARTICLE, _SIZES_WITHOUT)
    return rest if rest != word else _cut_guarded(word)


def _cut_guarded(word: str) -> str:
    rest = word[1:]
    follows = rest.startswith(_BEFORE.get(word[0], ()))
    return rest if follows and len(rest) >= _LONG else word


def _cut_one(word: str, proclitics: Mapping[str, int], sizes: _Sizes) -> str:
    for size in sizes.get(word[0], ()):
        rest = proclitics.get(word[:size])
        if rest is not None and len(word) - size >= rest:
            return word[size:]
    return word


def _cut_endings(word: str) -> str:
    """*word* without its ending, and without another under it: فلسطينية, فلسطين."""
    once = _cut_ending(word)
    twice = _cut_ending(once) if once != word else once
    return twice if len(twice) >= SHORTEST_CUT_TWICE else once


def _cut_ending(word: str) -> str:
    for size in _SIZES_OF_ENDINGS.get(word[-1:], ()):
        rest = _ENDINGS.get(word[-size:])
        if rest is not None and len(word) - size >= rest:
            return word[:-size]
    return word


def _stem_english(word: str) -> str:
    """*word* without an English plural: the S-stemmer of Harman (1991).

    >>> _stem_english("cities"), _stem_english("press"), _stem_english("1948")
    ('city', 'press', '1948')
    """
    if len(word) < SHORTEST_ENGLISH or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith(("us", "ss")):
        return word
    return word[:-1]
