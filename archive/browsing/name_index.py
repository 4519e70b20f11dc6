"""Alphabetical lists of names, Arabic and Latin: order, initials and a text filter.

Pure functions of entries that the caller loads.
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
from archive.names.spelling import OWN_ALEF_LAM, spelling_key

ARABIC_ALPHABET: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
LATIN_ALPHABET: Final = ascii_lowercase
OTHER_INITIAL: Final = "#"

_ARTICLE: Final = "ال"
# Fewer letters after ال are no noun; the shortest nouns have two (الأب).
_SHORTEST_NOUN: Final = 2
_BARE_ALEFS: Final = "اٱ"
_LATIN_ARTICLES: Final = ("al-", "the ")
# Punctuation before a name: «الهلال», (العروة الوثقى).
_OPENING_PUNCTUATION: Final = " «»“”‘’\"'([{.-–—"
# Signs for hamza and ayn in romanized names, ignored in comparisons.
_ROMANIZATION_SIGNS: Final = str.maketrans("", "", "ʿʾ‘’ʻʼ'`´")
_CACHE_SIZE: Final = 50_000


class Script(IntEnum):
    """The script of a name's first letter; Arabic lists are in the order of values."""

    ARABIC = 0
    LATIN = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list of names.

    ``label`` is the name in the reader's script, ``other`` that in the other script or
    ``""``; ``spellings`` are all names to filter by, folded by `fold_name`, and their
    spelling keys.
    """

    pk: int
    slug: str
    kind: str
    label: str
    other: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Initial:
    """A letter of the alphabet and the number of names filed under it."""

    letter: str
    count: int


@lru_cache(maxsize=_CACHE_SIZE)
def fold_name(name: str) -> str:
    """The name folded for comparison: its sort key, without romanization signs.

    >>> fold_name("Saʿīd Jamāl") == fold_name("said jamal")
    True
    >>> fold_name("الإمام الشافعي")
    'الامام الشافعي'
    """
    return sort_key(name.translate(_ROMANIZATION_SIGNS))


@lru_cache(maxsize=_CACHE_SIZE)
def filing_key(name: str) -> str:
    """The key by which a name is filed: folded, without the initial definite article.

    Catalogers call the article's letters nonfiling characters. A hamza on the alef, or
    a word of `OWN_ALEF_LAM`, shows that they belong to the name instead.

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
    """Whether the ال at the beginning of the name is the article."""
    first_word = folded.partition(" ")[0]
    first_letter = next((char for char in name if char.isalpha()), "")
    return (
        first_word.startswith(_ARTICLE)
        and first_letter in _BARE_ALEFS
        and len(first_word) >= len(_ARTICLE) + _SHORTEST_NOUN
        and first_word not in OWN_ALEF_LAM
    )


@lru_cache(maxsize=_CACHE_SIZE)
def initial(name: str) -> str:
    """The letter under which a name is filed; ``"#"`` for digits and other scripts.

    >>> [initial(name) for name in ("إربل", "البصرة", "Œuvre", "Ṭāhā", "1001 ليلة")]
    ['ا', 'ب', '#', 't', '#']
    """
    letter = filing_key(name)[:1]
    is_letter = letter and letter in ARABIC_ALPHABET + LATIN_ALPHABET
    return letter if is_letter else OTHER_INITIAL


def script(name: str) -> Script:
    """The script of the letter under which the name is filed."""
    letter = initial(name)
    if letter in ARABIC_ALPHABET:
        return Script.ARABIC
    return Script.LATIN if letter in LATIN_ALPHABET else Script.OTHER


def filing_position(name: str, *, language: str) -> tuple[bool, Script, str]:
    """A sort key: names in the script of *language* first, then by filing key.

    >>> names = ["Zola", "المقتطف", "جريدة"]
    >>> sorted(names, key=lambda name: filing_position(name, language="ar"))
    ['جريدة', 'المقتطف', 'Zola']
    """
    first_script = Script.ARABIC if language.startswith("ar") else Script.LATIN
    own_script = script(name)
    return own_script is not first_script, own_script, filing_key(name)


def sort_entries(entries: Iterable[Entry], *, language: str) -> list[Entry]:
    """The entries in the filing order of their labels, equal ones by id."""
    return sorted(
        entries,
        key=lambda entry: (filing_position(entry.label, language=language), entry.pk),
    )


def list_initials(entries: Sequence[Entry], *, language: str) -> list[list[Initial]]:
    """Rows of letters with counts: the alphabet of *language*, then the other if used.

    A last row ``"#"`` counts the names under neither alphabet, if there are any.
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
    """The entries with a spelling that contains every word of *text*; all if empty.

    A spelling key among their spellings matches where it contains that of *text*.
    """
    words, key = fold_name(text).split(), spelling_key(text)
    return [
        entry
        for entry in entries
        if not words
        or any(
            all(word in spelling for word in words) or (key and key in spelling)
            for spelling in entry.spellings
        )
    ]
