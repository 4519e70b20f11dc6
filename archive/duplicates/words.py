"""Words of many texts as numbers, letters folded as the search folds them.

A word is a number in an odd base: the difference of two sums over all letters, so that
NumPy hashes the words of many texts in a few passes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.utils.module_loading import import_string

Hashes = npt.NDArray[np.uint64]

# Characters of a text that are looked at: 30 printed pages.
LONGEST: Final = 60_000
# Characters hashed at once, which a processor's cache holds; a chunk may have as many
# more as the longest text.
_CHUNK: Final = 60_000

# What the table of letters has for characters that are no letters. The end of a text is
# a character that texts have not.
_DROPPED, _SEPARATOR, _END = 0, 1, 2
_END_SIGN: Final = "\x02"
_TABLE_SIZE: Final = 0x10000
# Letters that the search folds: Latin, Arabic with its supplements. Ligatures and
# presentation forms are normalized before.
_FOLDED: Final = (*range(0x250), *range(0x600, 0x900))
# Signs within words that are no part of their spelling.
_SIGNS: Final = "'’‘`ʼʿʾ\N{ARABIC TATWEEL}\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}"
_PRESENTATION: Final = ord("\N{ARABIC LETTER ALEF WASLA ISOLATED FORM}")

# The base of the numbers, an odd one, and its inverse modulo 2⁶⁴.
_BASE: Final = 0xD6E8FEB86659FD93
_INVERSE: Final = pow(_BASE, -1, 2**64)
_SEED: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, one text behind the other.

    ``hashes``: uint64[n_words]. ``bounds``: int64[n_texts + 1], where each text begins
    and the last one ends.
    """

    hashes: Hashes
    bounds: npt.NDArray[np.int64]


def hash_words(texts: Iterable[str]) -> Iterator[Words]:
    """The folded words of the texts, some texts at once.

    >>> (words,) = hash_words(["زار الوفدُ مدينة", "زار الوفد مدينه"])
    >>> words.bounds.tolist(), bool((words.hashes[:3] == words.hashes[3:]).all())
    ([0, 3, 6], True)
    """
    for chunk in _iter_chunks(texts):
        codes = _encode(chunk)
        if codes.max() < _PRESENTATION:
            yield _hash_codes(codes, len(chunk))
            continue
        # Ligatures make a text longer, and with it a chunk.
        normalized = (unicodedata.normalize("NFKC", text) for text in chunk)
        for part in _iter_chunks(normalized):
            yield _hash_codes(_encode(part), len(part))


def _iter_chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """The beginnings of the texts, some at once: below _CHUNK and one more text."""
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text[:LONGEST].replace(_END_SIGN, " "))
        size += len(chunk[-1]) + 1
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _hash_codes(codes: npt.NDArray[np.uint16], n_texts: int) -> Words:
    letters = _letter_table()[codes]
    letters = letters[letters != _DROPPED]
    inside = np.zeros(len(letters) + 1, np.int8)
    np.greater(letters, _END, out=inside[1:], casting="unsafe")
    # The last letter is the end of a text, so that each word has an end.
    changes = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = changes[::2], changes[1::2]
    powers, inverses = _powers()
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(_letter_numbers()[letters] * powers[: len(letters)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverses[starts]
    bounds = np.zeros(n_texts + 1, np.int64)
    bounds[1:] = np.searchsorted(starts, np.flatnonzero(letters == _END))
    return Words(hashes, bounds)


def _encode(texts: list[str]) -> npt.NDArray[np.uint16]:
    """The characters of the texts, with an end behind each, in UTF-16."""
    joined = _END_SIGN.join([*texts, ""])
    return np.frombuffer(joined.encode("utf-16-le", errors="surrogatepass"), "<u2")


@cache
def _letter_table() -> npt.NDArray[np.uint16]:
    """What each character is folded to: uint16[_TABLE_SIZE]."""
    fold: Callable[[str], str] = import_string(settings.TEXT_FOLD)
    table = np.full(_TABLE_SIZE, _SEPARATOR, np.uint16)
    for code in range(_TABLE_SIZE):
        char = chr(code)
        if char in _SIGNS or unicodedata.category(char) in ("Mn", "Cf"):
            table[code] = _DROPPED
        elif char.isalnum():
            lower = char.lower()
            table[code] = ord(lower) if len(lower) == 1 else code
    for code in _FOLDED:
        folded = fold(chr(code)) if table[code] > _SEPARATOR else ""
        if len(folded) == 1:
            table[code] = ord(folded)
    table[ord(_END_SIGN)] = _END
    return table


@cache
def _letter_numbers() -> Hashes:
    """The number of each letter as a digit: uint64[_TABLE_SIZE]."""
    return mix(np.arange(_TABLE_SIZE, dtype=np.uint64) + _SEED)


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse, from 0 to above those of a chunk."""
    both = []
    for base in (_BASE, _INVERSE):
        # Characters beyond the first plane are two codes.
        factors = np.full(2 * (_CHUNK + LONGEST + 1), base, np.uint64)
        factors[0] = 1
        both.append(np.cumprod(factors, dtype=np.uint64))
    return both[0], both[1]


def mix(values: Hashes) -> Hashes:
    """The finalizer of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
