"""Spelling keys: what all spellings of one name have in common.

Names are one where they differ in the spaces of compounds (عبد الله, عبدالله), in the
case of a head (أبو, أبا, أبي), in the alef of ابن, in the article, in an alef that the
old orthography leaves out, or in what `archive.names.collation` folds. Keys are stored
and compared, never shown. A change of the tables here needs a migration that fills
`archive.models.ActorSpelling` anew.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from archive.names.collation import sort_key

# Written words that are cached, at some 250 bytes each.
_CACHE_SIZE: Final = 20_000

# Signs for hamza and ayn in romanized names, which many spellings leave out; tatweel.
_SIGNS: Final = str.maketrans("", "", "ʿʾʻʼ'‘’`´ـ")
_WORD_RE: Final = re.compile(r"\w+")
# A hamza before a long u or after an i, on any seat: رءوف, شئون and هيأة.
_HAMZA_SEATS: Final = (
    (re.compile("[ءئؤ]و"), "و"),
    (re.compile("ي[ءأئ]"), "ي"),
)
_DOUBLED_WAW_RE: Final = re.compile("وو+")
# Plain words, most of a text, whose fold needs no look at Unicode's tables: a hamza on
# a seat of its own takes more.
_PLAIN_RE: Final = re.compile("[اأإآبةتثجحخدذرزسشصضطظعغفقكلمنهوىي]+")
_PLAIN_FOLDS: Final = str.maketrans("أإآىة", "ااايه")

_ARTICLE: Final = "ال"
# Fewer letters after ال may be a word of their own with it: الله, آلة, ألف.
_SHORTEST_NOUN: Final = 3
# Folded words whose alef and lam are no article: without a hamza the two look alike.
OWN_ALEF_LAM: Final = frozenset({
    "البان", "البانيا", "البانيه", "البرت", "البير", "الدون", "الزاس", "الزبيتا",
    "الفت", "الفرد", "الفريد", "الفونس", "الفونسو", "الكساندر", "الكساندرا",
    "الكساندروس", "الكسندر", "الكسندرا", "الكسندروس", "الكسي", "الكسيس", "الله",
    "المان", "الماني", "المانيا", "المانيه", "الهام", "الياس", "اليانور", "اليزا",
    "اليزابيت", "اليزابيث", "اليزابت", "اليس", "اليسار", "اليكس", "اليكسي", "اليوت",
})  # fmt: skip

# Heads of compound names: the first form stands for those of the other cases.
_HEAD_FORMS: Final[Mapping[str, Sequence[str]]] = {
    "ابو": ("ابا", "ابي"),
    "اخو": ("اخا", "اخي"),
    "ذو": ("ذا", "ذي"),
    "بنو": ("بني",),
    "بن": ("ابن",),
    "بنت": ("ابنه",),
}
_HEADS: Final = {
    form: head for head, forms in _HEAD_FORMS.items() for form in (head, *forms)
}
# Heads of two letters, which may be joined to an article: أم الفحم, أمالفحم, عزالدين.
_SHORT_HEADS: Final = frozenset({"ام", "ذو", "بن", "بو", "تل", "جب", "عز"})
_SHORTEST_HEAD: Final = 3
# Heads that also stand joined to a word without article: أبوبكر, ابنسينا.
_JOINED_HEADS: Final = ("ابو", "ابا", "ابي", "ابن")
_SERVANT: Final = "عبد"
# The old orthography leaves out the alef of these names (Ibn Qutayba, Adab al-katib),
# the present one that of رحمن. مالك and سفيان are absent: ملك and سفين are other names.
_WITHOUT_ALEF: Final[Mapping[str, str]] = {
    "ابراهيم": "ابرهيم", "اسماعيل": "اسمعيل", "اسحاق": "اسحق", "هارون": "هرون",
    "سليمان": "سليمن", "عثمان": "عثمن", "عمران": "عمرن", "نعمان": "نعمن",
    "لقمان": "لقمن", "معاويه": "معويه", "حارث": "حرث", "رحمان": "رحمن",
    "ياسين": "يسن", "يس": "يسن",
}  # fmt: skip

# Separate articles of romanized names; at the end they are a word of their own.
LATIN_ARTICLES: Final = frozenset({"al", "el", "ul", "the"})


def spelling_key(name: str) -> str:
    """What all spellings of *name* have in common; ``""`` where it has no letters.

    >>> spelling_key("عبد الله بن المقفّع") == spelling_key("عبدالله ابن مقفع")
    True
    >>> spelling_key("أبي بكر الصديق") == spelling_key("أبوبكر الصدّيق")
    True
    >>> spelling_key("داوود الچلبي") == spelling_key("داود الجلبي")
    True
    >>> spelling_key("al-Jāḥiẓ") == spelling_key("Jahiz") == "jahiz"
    True
    >>> spelling_key("عمر") == spelling_key("عمرو"), spelling_key("«»")
    (False, '')
    """
    key = "".join(_iter_canonical(list(split_name(name))))
    return _DOUBLED_WAW_RE.sub("و", key)


def split_name(name: str) -> Iterator[str]:
    """The folded words of *name*, joined compounds apart and attached articles dropped.

    >>> list(split_name("أبوبكر عبدالرحمن الكاظمي"))
    ['ابو', 'بكر', 'عبد', 'رحمن', 'كاظمي']
    >>> list(split_name("خيرالله المالكي")), list(split_name("كفرالزيات"))
    (['خير', 'الله', 'مالكي'], ['كفر', 'زيات'])
    """
    for text in name.split():
        yield from _split_text(text)


@lru_cache(maxsize=_CACHE_SIZE)
def _split_text(text: str) -> tuple[str, ...]:
    """The words of a text without spaces; most names share them."""
    words = _WORD_RE.findall(_fold(text))
    return tuple(part for word in words for part in _split_word(word))


def _fold(text: str) -> str:
    letters = "".join(
        char
        for char in unicodedata.normalize("NFC", text.translate(_SIGNS))
        if not unicodedata.combining(char)
    )
    for pattern, letter in _HAMZA_SEATS:
        letters = pattern.sub(letter, letters)
    return sort_key(letters)


def split_canonical(name: str) -> tuple[str, ...]:
    """The words of *name* as its key has them: names with equal ones are one.

    >>> split_canonical("أبي بكر عبدالله ابن المقفّع")
    ('ابو', 'بكر', 'عبد', 'الله', 'بن', 'مقفع')
    """
    words = _iter_canonical(list(split_name(name)))
    return tuple(_DOUBLED_WAW_RE.sub("و", word) for word in words)


def fold_word(word: str) -> str:
    """One *word* as `split_name` compares it, whole: joined compounds, its article.

    >>> fold_word("الرّءوف"), fold_word("عبدﷲ"), fold_word("Şâkir")
    ('الروف', 'عبدالله', 'sakir')
    """
    is_plain = _PLAIN_RE.fullmatch(word)
    letters = word.translate(_PLAIN_FOLDS) if is_plain else _fold(word)
    return _DOUBLED_WAW_RE.sub("و", letters)


def iter_spellings(word: str) -> Iterator[str]:
    """How a *word* of `split_canonical` may stand in a text, folded, itself first.

    >>> list(iter_spellings("ابو")), list(iter_spellings("كاظمي"))
    (['ابو', 'ابا', 'ابي'], ['كاظمي', 'الكاظمي'])
    >>> list(iter_spellings("ابرهيم"))
    ['ابرهيم', 'ابراهيم', 'الابراهيم', 'الابرهيم']
    """
    if _without_article(word) != word and word not in OWN_ALEF_LAM:
        # Of الألباني: without the article it would be read as الباني.
        yield _ARTICLE + word
        return
    yield word
    if word in _HEAD_FORMS:
        yield from _HEAD_FORMS[word]
        return
    for full, short in _WITHOUT_ALEF.items():
        if short == word and full != word:
            yield full
            yield from (_ARTICLE + full,) if len(full) >= _SHORTEST_NOUN else ()
    if len(word) >= _SHORTEST_NOUN and word not in OWN_ALEF_LAM:
        yield _ARTICLE + word


def iter_joined(left: str, right: str) -> Iterator[str]:
    """How two following words of `split_canonical` may be written as one.

    >>> list(iter_joined("عبد", "الله")), len(list(iter_joined("ابو", "بكر")))
    (['عبدالله', 'العبدالله'], 6)
    """
    for first in iter_spellings(left):
        for second in iter_spellings(right):
            joined = first + second
            if len(tuple(_split_word(joined))) > 1:
                yield joined


def is_distinctive(name: str) -> bool:
    """Whether *name* says who is meant even among other words.

    It has two words or more; عبد and the word after it are one.

    >>> [is_distinctive(name) for name in ("عبد الله", "محمد", "ابن سينا", "أبوبكر")]
    [False, False, True, True]
    """
    return sum(word != _SERVANT for word in split_name(name)) > 1


def _split_word(word: str) -> Iterator[str]:
    if word in OWN_ALEF_LAM:
        yield word
        return
    # One article: an alef and a lam behind it are the noun's own, as in الآلوسي.
    left, right = _split_joined(_without_article(word))
    yield left
    if right:
        yield from _split_word(right)


def _without_article(word: str) -> str:
    noun = word.removeprefix(_ARTICLE)
    return noun if len(noun) >= _SHORTEST_NOUN else word


def _is_head(left: str) -> bool:
    return len(left) >= _SHORTEST_HEAD or left in _SHORT_HEADS


def _begins_with_article(word: str) -> bool:
    return word in OWN_ALEF_LAM or _without_article(word) != word


def _split_joined(word: str) -> tuple[str, str]:
    """The head of a compound and what is joined to it; ``""`` for a simple word."""
    for head in _JOINED_HEADS:
        rest = word.removeprefix(head)
        if rest != word and len(rest) >= _SHORTEST_NOUN:
            return head, rest
    for start in range(1, len(word)):
        left, right = word[:start], word[start:]
        if _is_head(left) and _begins_with_article(right):
            return left, right
    return word, ""


def _iter_canonical(words: Sequence[str]) -> Iterator[str]:
    """The words as the key has them; separate articles within the name are dropped."""
    for index, word in enumerate(words):
        is_last = index == len(words) - 1
        if is_last:
            yield _WITHOUT_ALEF.get(word, word)
        elif word in LATIN_ARTICLES or (word == _ARTICLE and index):
            continue
        else:
            yield _HEADS.get(word) or _WITHOUT_ALEF.get(word, word)
