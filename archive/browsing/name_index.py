"""Lists of names from alef to yeh and from A to Z: order, initials and a text filter.

Pure: the rows come from outside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from archive.names.collation import sort_key

ARABIC_ALPHABET: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
LATIN_ALPHABET: Final = ascii_lowercase
OTHER_INITIAL: Final = "#"

# First words, folded, whose alef and lam are their own: where hamza is not written
# they look like the article. المانيا stands under alef, الجاحظ under jeem.
_ALEF_LAM_WORDS: Final = frozenset({
    "البان", "البانيا", "البانيه", "البرت", "البير", "الدون", "الزاس", "الزبيتا",
    "الفت", "الفرد", "الفريد", "الفونس", "الفونسو", "الكساندر", "الكساندرا",
    "الكساندروس", "الكسندر", "الكسندرا", "الكسندروس", "الكسي", "الكسيس", "الله",
    "المان", "الماني", "المانيا", "المانيه", "الهام", "الياس", "اليانور", "اليزا",
    "اليزابيت", "اليزابيث", "اليزابت", "اليس", "اليسار", "اليكس", "اليكسي", "اليوت",
})  # fmt: skip
_ARTICLE: Final = "ال"
# What is left without the article is a word: the shortest have two letters (الأب).
_SHORTEST_NOUN: Final = 2
_BARE_ALEFS: Final = "اٱ"
_LATIN_ARTICLES: Final = ("al-", "the ")
# What may stand before a name: «الهلال», (العروة الوثقى).
_OPENING_PUNCTUATION: Final = " «»“”‘’\"'([{.-–—"
# Signs for hamza and ayn in romanized names; they neither order nor tell apart.
_ROMANIZATION_SIGNS: Final = str.maketrans("", "", "ʿʾ‘’ʻʼ'`´")
_CACHE_SIZE: Final = 50_000


class Script(IntEnum):
    """The writing a name begins with; the number is its place in an Arabic list."""

    ARABIC = 0
    LATIN = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a list: what is shown, where it stands, and all its spellings.

    ``other`` is the name in the other script, ``""`` where there is none;
    ``spellings`` are folded by `fold_name`.
    """

    pk: int
    slug: str
    kind: str
    label: str
    other: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Initial:
    """A letter of the alphabet and how many names begin with it."""

    letter: str
    count: int


@lru_cache(maxsize=_CACHE_SIZE)
def fold_name(name: str) -> str:
    """The name as it is compared: sorting key without the signs of romanization.

    >>> fold_name("Saʿīd Jamāl") == fold_name("said jamal")
    True
    >>> fold_name("الإمام الشافعي")
    'الامام الشافعي'
    """
    return sort_key(name.translate(_ROMANIZATION_SIGNS))


@lru_cache(maxsize=_CACHE_SIZE)
def filing_key(name: str) -> str:
    """The key a name has in a list: folded, and without the definite article.

    The article is only dropped where it is one: hamza on the alef, or a word
    of the table, shows that the letters belong to the name.

    >>> filing_key("الجاحظ")
    'جاحظ'
    >>> filing_key("ألمانيا"), filing_key("المانيا"), filing_key("آل سعود")
    ('المانيا', 'المانيا', 'ال سعود')
    >>> filing_key("al-Jāḥiẓ")
    'jahiz'
    """
    folded = fold_name(name).lstrip(_OPENING_PUNCTUATION)
    key = folded.removeprefix(_ARTICLE) if _has_article(name, folded) else folded
    for article in _LATIN_ARTICLES:
        key = key.removeprefix(article)
    return "".join(char for char in key if char.isalnum() or char.isspace()).strip()


def _has_article(name: str, folded: str) -> bool:
    """Whether the name begins with ال as an article, not as letters of its own."""
    first_word = folded.partition(" ")[0]
    first_letter = next((char for char in name if char.isalpha()), "")
    return (
        first_word.startswith(_ARTICLE)
        and first_letter in _BARE_ALEFS
        and len(first_word) >= len(_ARTICLE) + _SHORTEST_NOUN
        and first_word not in _ALEF_LAM_WORDS
    )


@lru_cache(maxsize=_CACHE_SIZE)
def initial(name: str) -> str:
    """The letter a name stands under, or ``"#"`` for digits and other scripts.

    >>> [initial(name) for name in ("إربل", "البصرة", "Œuvre", "Ṭāhā", "1001 ليلة")]
    ['ا', 'ب', '#', 't', '#']
    """
    letter = filing_key(name)[:1]
    known = letter and letter in ARABIC_ALPHABET + LATIN_ALPHABET
    return letter if known else OTHER_INITIAL


def script(name: str) -> Script:
    """The writing of the letter that the name stands under."""
    letter = initial(name)
    if letter in ARABIC_ALPHABET:
        return Script.ARABIC
    return Script.LATIN if letter in LATIN_ALPHABET else Script.OTHER


def filing_position(name: str, *, language: str) -> tuple[bool, Script, str]:
    """Where a name stands in a list: as in a dictionary, the reader's script first.

    >>> names = ["Zola", "المقتطف", "جريدة"]
    >>> sorted(names, key=lambda name: filing_position(name, language="ar"))
    ['جريدة', 'المقتطف', 'Zola']
    """
    first = Script.ARABIC if language.startswith("ar") else Script.LATIN
    own = script(name)
    return own is not first, own, filing_key(name)


def sort_entries(entries: Iterable[Entry], *, language: str) -> list[Entry]:
    """The entries in the order of their labels; namesakes in that of their ids."""
    return sorted(
        entries,
        key=lambda entry: (filing_position(entry.label, language=language), entry.pk),
    )


def list_initials(entries: Sequence[Entry], *, language: str) -> list[list[Initial]]:
    """Both alphabets with counts, the reader's own first; the other only if it is used.

    Names under neither alphabet are counted under ``"#"`` at the end.
    """
    counts = Counter(initial(entry.label) for entry in entries)
    alphabets = [ARABIC_ALPHABET, LATIN_ALPHABET]
    if not language.startswith("ar"):
        alphabets.reverse()
    own, foreign = (
        [Initial(letter, counts[letter]) for letter in letters] for letters in alphabets
    )
    rows = [own]
    if any(letter.count for letter in foreign):
        rows.append(foreign)
    if counts[OTHER_INITIAL]:
        rows.append([Initial(OTHER_INITIAL, counts[OTHER_INITIAL])])
    return rows


def filter_entries(entries: Iterable[Entry], text: str) -> list[Entry]:
    """The entries with one spelling that holds every word of *text*; all for none."""
    words = fold_name(text).split()
    return [
        entry
        for entry in entries
        if not words
        or any(all(word in spelling for word in words) for spelling in entry.spellings)
    ]
