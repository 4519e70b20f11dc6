"""The light stemmer: the key of a word family.

Proclitics (و ف ب ك ل ال) and suffixes (pronouns, duals, plurals, the feminine) come
off a surface form as long as enough of the word remains, as in light10 (Larkey,
Ballesteros and Connell 2007). The wider lists and their guards were made for this
project. A stem need not be a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from search.arabic import letters as l
from search.arabic.normalize import drop_yeh_before_last_hamza
from search.arabic.protected_words import PROTECTED_WORDS

# Letters of the shortest words that are stemmed; three, so that لغة and سنة are of one
# family with اللغة and السنة.
_SHORTEST_ARABIC: Final = 3
_SHORTEST_ENGLISH: Final = 4
# Letters that two suffixes must leave: مدينة must not become مد.
_SHORTEST_CUT_TWICE: Final = 3

_ONE_LETTER: Final = l.WAW + l.FEH + l.BEH + l.KAF + l.LAM
# Proclitic or suffix → the letters that it must leave.
_Affixes = Mapping[str, int]
_WITH_ARTICLE: Final = {
    "وبال": 2, "وكال": 2, "فبال": 2, "فكال": 2, "ولل": 2, "فلل": 2,
    "وال": 2, "بال": 2, "كال": 2, "فال": 2, "ال": 2, "لل": 2,
}  # fmt: skip
# Without the article these may be the word's own letters: see protected_words.py.
_WITHOUT_ARTICLE: Final = {"وب": 3, "ول": 3, "و": 3, "ب": 3, "ل": 3}
# Proclitic → the letters that must follow it, which show a noun of place or a verb
# (كمدينة, فيقول, فسيكون). The rest must be long, because many names begin with ف or ك.
_GUARDED: Final = {"ك": ("م",), "ف": ("م", "ي", "سي", "ست")}
_SHORTEST_GUARDED: Final = 4
# The stem of لله would be له, which stands in half of all articles.
_GOD: Final = "الله"
_FORMS_OF_GOD: Final = frozenset(
    ["الله", "والله", "فالله", "بالله", "وبالله", "تالله", "لله", "ولله", "فلله"]
)
_SUFFIXES: Final = {
    "اتهما": 3, "تهما": 3, "اتهم": 3, "اتها": 3, "اتنا": 3, "اتكم": 3, "هما": 3,
    "تهم": 3, "تها": 3, "تنا": 3, "يات": 3, "يون": 3, "يين": 3, "اته": 3,
    "وها": 3, "وهم": 3, "ها": 2, "هم": 3, "هن": 3, "كم": 3, "نا": 3, "ان": 2,
    "ات": 2, "ون": 3, "ين": 2, "وا": 3, "يه": 2, "ته": 3, "ه": 2, "ي": 2, "ا": 3,
}  # fmt: skip
# The first three letters of the protected words (all of a word of two), so that most
# other words need no lookup.
_PROTECTED_BEGINNINGS: Final = frozenset(word[:3] for word in PROTECTED_WORDS)

# Letter at the edge of a word → lengths of the affixes that have it there, longest
# first: most words have no such letter, and are not compared with any affix.
_Lengths = Mapping[str, tuple[int, ...]]


def _index_lengths(affixes: Iterable[str], edge: int) -> _Lengths:
    """The lengths of *affixes* by their letter at *edge*, 0 or -1."""
    lengths: dict[str, set[int]] = {}
    for affix in affixes:
        lengths.setdefault(affix[edge], set()).add(len(affix))
    return {letter: tuple(sorted(of, reverse=True)) for letter, of in lengths.items()}


_LENGTHS_WITH_ARTICLE: Final = _index_lengths(_WITH_ARTICLE, 0)
_LENGTHS_WITHOUT_ARTICLE: Final = _index_lengths(_WITHOUT_ARTICLE, 0)
_SUFFIX_LENGTHS: Final = _index_lengths(_SUFFIXES, -1)


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
    if len(surface) < _SHORTEST_ARABIC or not l.HAMZA <= surface[0] <= l.YEH:
        return surface
    protected = _find_protected(surface)
    if protected:
        return protected
    return drop_yeh_before_last_hamza(_cut_suffixes(_cut_proclitics(surface)))


def _find_protected(surface: str) -> str:
    """The first protected word that *surface* is a form of; ``""`` if none is."""
    for word in _without_proclitics(surface):
        if word[:3] in _PROTECTED_BEGINNINGS or word[:2] in _PROTECTED_BEGINNINGS:
            for form in _without_suffixes(word):
                if form in PROTECTED_WORDS:
                    return form
    return ""


def _without_proclitics(surface: str) -> tuple[str, ...]:
    """*surface* without an article, whole, and without one letter: بالولاية, لوزير."""
    rest = _cut_proclitic(surface, _WITH_ARTICLE, _LENGTHS_WITH_ARTICLE)
    if surface[0] in _ONE_LETTER and not surface.startswith(l.DEFINITE_ARTICLE, 1):
        return rest, surface, surface[1:]
    return rest, surface


def _without_suffixes(word: str) -> Iterator[str]:
    """*word* whole, without each of its suffixes, shortest first, and without two.

    >>> list(_without_suffixes("ولايات"))
    ['ولايات', 'ولاي', 'ولا', 'ولا']
    """
    yield word
    for length in reversed(_SUFFIX_LENGTHS.get(word[-1:], ())):
        least = _SUFFIXES.get(word[-length:])
        if least is not None and len(word) - length >= least:
            yield word[:-length]
    yield _cut_suffixes(word)


def _cut_proclitics(word: str) -> str:
    rest = _cut_proclitic(word, _WITH_ARTICLE, _LENGTHS_WITH_ARTICLE)
    if rest == word:
        rest = _cut_proclitic(word, _WITHOUT_ARTICLE, _LENGTHS_WITHOUT_ARTICLE)
    return rest if rest != word else _cut_guarded(word)


def _cut_guarded(word: str) -> str:
    rest = word[1:]
    follows = rest.startswith(_GUARDED.get(word[0], ()))
    return rest if follows and len(rest) >= _SHORTEST_GUARDED else word


def _cut_proclitic(word: str, proclitics: _Affixes, lengths: _Lengths) -> str:
    """*word* without the longest of *proclitics* that leaves enough letters."""
    for length in lengths.get(word[0], ()):
        least = proclitics.get(word[:length])
        if least is not None and len(word) - length >= least:
            return word[length:]
    return word


def _cut_suffixes(word: str) -> str:
    """*word* without its suffix and the one before that: فلسطينية, فلسطين."""
    once = _cut_suffix(word)
    twice = _cut_suffix(once) if once != word else once
    return twice if len(twice) >= _SHORTEST_CUT_TWICE else once


def _cut_suffix(word: str) -> str:
    for length in _SUFFIX_LENGTHS.get(word[-1:], ()):
        least = _SUFFIXES.get(word[-length:])
        if least is not None and len(word) - length >= least:
            return word[:-length]
    return word


def _stem_english(word: str) -> str:
    """*word* without an English plural suffix: the S stemmer of Harman (1991).

    >>> _stem_english("cities"), _stem_english("press"), _stem_english("1948")
    ('city', 'press', '1948')
    """
    if len(word) < _SHORTEST_ENGLISH or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith(("us", "ss")):
        return word
    return word[:-1]
