"""Texts to the numbers of their words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from search.arabic.normalize import fold, is_plain_arabic
from search.arabic.tokenize import WORD_RE
from search.engines.whoosh.arrays import Array, concat_ranges
from search.engines.whoosh.writing.word_records import WordRecords, describe_all

# About how many bytes a word takes while words are gathered, and a piece of text.
_WORD_BYTES: Final = 300
_PIECE_BYTES: Final = 200
# Pieces known before all are forgotten. With half of them numbering takes a tenth to a
# quarter longer; twice as many gain nothing that can be told from chance.
_MOST_PIECES: Final = 200_000


# About how many bytes a term takes until it is written, beside its own.
_TERM_BYTES: Final = 250


class Vocabulary(dict[bytes, int]):
    """Numbers terms in the order in which they are first met."""

    _size = 0

    def __missing__(self, term: bytes) -> int:
        number = self[term] = len(self)
        self._size += len(term)
        return number

    def measure(self) -> int:
        """About how many bytes of memory its terms take until they are written."""
        return len(self) * _TERM_BYTES + self._size


class Numbers(NamedTuple):
    """The number of each token of some texts, and how many tokens each text has."""

    tokens: Array
    sizes: Array


class TermIds(dict[str, int]):
    """Numbers printed words as they are first met.

    Whatever stands between two spaces is taken apart once, for most of it is one word
    and comes again: so a text costs little more than cutting it at its spaces. As a
    dictionary it holds the numbers of these pieces. ``known`` has what is known of
    words, in the order of their numbers, as far as it was found.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known = WordRecords()
        self._numbers: dict[bytes, int] = {}
        self._new: list[bytes] = []
        self._forget_pieces()

    def _forget_pieces(self) -> None:
        self.clear()
        # The words of each piece, one piece after the other.
        self._words = array("I")
        self._starts = array("I", [0])

    def measure(self) -> int:
        """About how many bytes all this takes while words are gathered."""
        return len(self._numbers) * _WORD_BYTES + len(self) * _PIECE_BYTES

    def take_new(self) -> list[bytes]:
        """The words, as printed, that were numbered since they were last taken."""
        taken, self._new = self._new, []
        return taken

    def describe_new(self) -> None:
        """Find what is to be known of the words that nobody has taken."""
        self.known.extend(describe_all(self.take_new()))

    def end(self) -> None:
        """Number nothing any more, and give the memory back."""
        self._numbers.clear()
        self._forget_pieces()

    def __missing__(self, piece: str) -> int:
        for printed in WORD_RE.findall(piece):
            number = self._numbers.get(key := printed.encode())
            if number is None:
                # Marks alone are printed like a word, and no token.
                if not (is_plain_arabic(printed) or fold(printed)):
                    continue
                number = self._add(key)
            self._words.append(number)
        number = self[piece] = len(self._starts) - 1
        self._starts.append(len(self._words))
        return number

    def _add(self, printed: bytes) -> int:
        number = self._numbers[printed] = len(self._numbers)
        self._new.append(printed)
        return number

    def find(self, printed: Iterable[bytes]) -> list[int]:
        """The numbers of words that were met elsewhere, new ones or not."""
        find = self._numbers.get
        return [
            self._add(one) if (number := find(one)) is None else number
            for one in printed
        ]

    def number(self, texts: Iterable[str]) -> Numbers:
        """The words of *texts* by their numbers.

        >>> tokens, sizes = TermIds().number(["قال: «ثم» قال", "", "ثم"])
        >>> tokens.tolist(), sizes.tolist()
        ([0, 1, 0, 1], [3, 0, 1])
        """
        if len(self) > _MOST_PIECES:
            self._forget_pieces()
        found, counts = array("I"), [0]
        for text in texts:
            # No space of Unicode's is within a word (the tests go through them).
            pieces = text.split()
            found.extend(map(self.__getitem__, pieces))
            counts.append(len(pieces))
        pieces_of_all = np.frombuffer(found, np.uint32).astype(np.intp)
        starts = np.array(self._starts, np.intp)
        firsts, lasts = starts[pieces_of_all], starts[pieces_of_all + 1]
        tokens = np.array(self._words, np.uint32)[concat_ranges(firsts, lasts)]
        ends = np.concatenate(([0], np.cumsum(lasts - firsts)))
        return Numbers(tokens, np.diff(ends[np.cumsum(counts)]).astype(np.uint32))
