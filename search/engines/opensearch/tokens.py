"""The tokens of a word: all that it may be asked for by, at one position of a text.

Beside them stand the words of a text in their order, as a document keeps them.

The server unpacks them (``mapping.PACKED``) and changes nothing. A tag tells the kinds
of tokens apart: it is the first letter of each.
"""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from search.arabic.diacritics import diacritized_form, without_diacritics
from search.arabic.families import (
    Family,
    base_of,
    find_families,
    prime_starts,
    starts_of,
    telling_forms,
)
from search.arabic.normalize import fold
from search.arabic.prefixes import DEFINITE_ARTICLES
from search.arabic.tokenize import list_words

# Between the tokens of one position and the parts of a token; no word has them.
BETWEEN: Final = "|"
WITHIN: Final = "/"
# Letters of a word that count: the server takes no term of more than 32,766 bytes.
MAX_LETTERS: Final = 200
# Distinct words of a text that numbers of two bytes tell apart.
_FEW: Final = 1 << 16
# Printed words that are cached, at about a kilobyte each.
_CACHED: Final = 100_000


class Tag(StrEnum):
    """The kinds of tokens."""

    FORM = "f"  # the surface form
    PRINTED = "d"  # the display form
    LEMMA = "l"
    BASE = "b"  # the form of a lemma whose key is another
    ROOT = "r"
    STEM = "p"  # what follows proclitics of the surface form
    NOUN = "a"  # what follows the article
    MARKED = "m"  # surface form, display form and diacritized form


class WordTokens(NamedTuple):
    """A printed word: its forms, its tokens and how a text has them.

    ``printed`` is ``form`` with the diacritized form behind it, where it is printed
    with diacritics. ``packed`` has the token of its diacritics too, which is that of an
    occurrence.
    """

    surface: str
    display_form: str
    telling_form: str
    printed: str
    tokens: tuple[str, ...]
    packed: str

    @property
    def form(self) -> str:
        """The surface form and the telling form as one value."""
        return f"{self.surface}{WITHIN}{self.telling_form}"


def token(tag: Tag, text: str) -> str:
    """The token of *text*, of which only the first `MAX_LETTERS` letters count.

    >>> token(Tag.LEMMA, "كتاب")
    'lكتاب'
    """
    return tag + text[:MAX_LETTERS]


class _Cache(dict[str, WordTokens | None]):
    """The tokens of printed words; ``None`` for what folds to nothing."""

    def prime(self, printed: Iterable[str]) -> None:
        """Find the tokens of many words at once, which is faster than one by one."""
        distinct = list(dict.fromkeys(printed))
        new = [word for word in distinct if word not in self]
        if len(self) + len(new) > _CACHED:
            self.clear()
            new = distinct
        surfaces, telling = list(map(fold, new)), telling_forms(new)
        prime_starts(filter(None, surfaces))
        families = find_families(telling, surfaces)
        for word, surface, form, family in zip(
            new, surfaces, telling, families, strict=True
        ):
            self[word] = _make(word, surface, form, family) if surface else None


_words: Final = _Cache()


def tokenize(texts: Iterable[str]) -> list[list[WordTokens]]:
    """The words of each text, in order.

    >>> [[word.packed for word in words] for words in tokenize(["والكِتاب"])]
    [['fوالكتاب|dوالكتاب|lكتاب|rكتب|pكتاب|aكتاب|mوالكتاب/والكتاب/والكِتاب']]
    """
    printed = [list_words(text) for text in texts]
    _words.prime(word for of_text in printed for word in of_text)
    return [
        [found for word in of_text if (found := _words[word]) is not None]
        for of_text in printed
    ]


def pack(words: Iterable[WordTokens]) -> str:
    """A text as the server unpacks it."""
    return " ".join([word.packed for word in words])


def _make(printed: str, surface: str, telling: str, family: Family) -> WordTokens:
    shown = without_diacritics(telling)
    tokens = [
        token(Tag.FORM, surface),
        token(Tag.PRINTED, shown),
        *(token(Tag.LEMMA, key) for key in family.lemmas),
        *(
            token(Tag.BASE, base_of(key))
            for key in family.lemmas
            if base_of(key) != key
        ),
        *(token(Tag.ROOT, root) for root in family.roots),
    ]
    for start in sorted(filter(None, starts_of(surface))):
        tokens.append(token(Tag.STEM, surface[start:]))
        if surface[:start] in DEFINITE_ARTICLES:
            tokens.append(token(Tag.NOUN, surface[start:]))
    distinct = tuple(dict.fromkeys(tokens))
    marked = diacritized_form(printed)
    forms = surface[:MAX_LETTERS], shown[:MAX_LETTERS], telling[:MAX_LETTERS]
    form = WITHIN.join((forms[0], forms[2]))
    if not marked:
        return WordTokens(*forms, form, distinct, BETWEEN.join(distinct))
    packed = BETWEEN.join((*distinct, marked_token(surface, shown, marked)))
    return WordTokens(
        *forms, WITHIN.join((form, marked[:MAX_LETTERS])), distinct, packed
    )


def describe(forms: Iterable[str]) -> Iterator[WordTokens]:
    """The words of ``WordTokens.form``, with the diacritics that tell families.

    >>> next(describe(["والكتاب/والكتاب"])).tokens[:3]
    ('fوالكتاب', 'dوالكتاب', 'lكتاب')
    """
    pairs = [form.split(WITHIN) for form in forms]
    surfaces, telling = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    prime_starts(surfaces)
    families = find_families(telling, surfaces)
    yield from map(_make, telling, surfaces, telling, families)


def marked_token(surface: str, shown: str, marked: str) -> str:
    """The token of a word with diacritics.

    >>> marked_token("كتاب", "كتاب", "كِتاب")
    'mكتاب/كتاب/كِتاب'
    """
    parts = (part[:MAX_LETTERS] for part in (surface, shown, marked))
    return Tag.MARKED + WITHIN.join(parts)


class WordOrder(NamedTuple):
    """The words of a text.

    ``words`` are the distinct ones as ``WordTokens.printed`` has them; ``numbers`` are
    little-endian unsigned integers of ``size`` bytes, one a token; ``parts`` has the
    tokens of each part of the text.
    """

    words: list[str]
    numbers: bytes
    size: int
    parts: list[int]


def write_words(parts: Sequence[Sequence[WordTokens]]) -> dict[str, Any]:
    """The value that ``read_words`` reads, for the words of each part of a text."""
    printed = [word.printed for words in parts for word in words]
    distinct = sorted({*printed})
    number_of = {word: number for number, word in enumerate(distinct)}
    numbers = [number_of[word] for word in printed]
    packed = struct.pack(f"<{len(numbers)}{_letter(len(distinct))}", *numbers)
    return {
        "distinct": " ".join(distinct),
        "order": b64encode(packed).decode(),
        "parts": [len(words) for words in parts],
    }


def read_words(written: Mapping[str, Any]) -> WordOrder:
    """The words of a text that ``write_words`` wrote.

    The distinct words stand in one string, in the order of their letters.

    >>> found = read_words(write_words(tokenize(["بيت", "بيت كِتاب"])))
    >>> found.words, found.parts
    (['بيت/بيت', 'كتاب/كتاب/كِتاب'], [1, 2])
    """
    words = written["distinct"].split(" ") if written["distinct"] else []
    size = struct.calcsize(_letter(len(words)))
    return WordOrder(words, b64decode(written["order"]), size, written["parts"])


def _letter(distinct: int) -> str:
    """The letter of ``struct`` for the numbers of so many words."""
    return "H" if distinct <= _FEW else "I"
