"""The tokens of a word: all that it may be asked for by, at one position of a text.

The server unpacks them (``mapping.PACKED``) and changes nothing. A tag tells the kinds
of tokens apart: it is the first letter of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.families import (
    Family,
    base_of,
    find_families,
    prime_starts,
    starts_of,
)
from search.arabic.normalize import fold
from search.arabic.prefixes import DEFINITE_ARTICLES
from search.arabic.tokenize import list_words

# Between the tokens of one position and the parts of a token; no word has them.
BETWEEN: Final = "|"
WITHIN: Final = "/"
# Letters of a word that count: the server takes no term of more than 32,766 bytes.
MAX_LETTERS: Final = 200
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

    ``form`` is both forms as one value. ``packed`` has the token of its diacritics too,
    which is that of an occurrence.
    """

    surface: str
    display_form: str
    form: str
    tokens: tuple[str, ...]
    packed: str


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
        surfaces, displayed = list(map(fold, new)), list(map(display_form, new))
        prime_starts(filter(None, surfaces))
        families = find_families(displayed, surfaces)
        for word, surface, shown, family in zip(
            new, surfaces, displayed, families, strict=True
        ):
            self[word] = _make(word, surface, shown, family) if surface else None


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


def _make(printed: str, surface: str, shown: str, family: Family) -> WordTokens:
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
    of_text = (*distinct, marked_token(surface, shown, marked)) if marked else distinct
    forms = surface[:MAX_LETTERS], shown[:MAX_LETTERS]
    return WordTokens(*forms, WITHIN.join(forms), distinct, BETWEEN.join(of_text))


def describe(forms: Iterable[str]) -> Iterator[WordTokens]:
    """The words of ``WordTokens.form``, without diacritics.

    >>> next(describe(["والكتاب/والكتاب"])).tokens[:3]
    ('fوالكتاب', 'dوالكتاب', 'lكتاب')
    """
    pairs = [form.split(WITHIN) for form in forms]
    surfaces, shown = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    prime_starts(surfaces)
    families = find_families(shown, surfaces)
    yield from map(_make, shown, surfaces, shown, families)


def marked_token(surface: str, shown: str, marked: str) -> str:
    """The token of a word with diacritics.

    >>> marked_token("كتاب", "كتاب", "كِتاب")
    'mكتاب/كتاب/كِتاب'
    """
    parts = (part[:MAX_LETTERS] for part in (surface, shown, marked))
    return Tag.MARKED + WITHIN.join(parts)
