"""What is known of each word as it is printed, found once however often it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from sys import intern
from typing import Final, NamedTuple

import numpy as np

from search.arabic.analyzer import cached_root
from search.arabic.marks import marked_form
from search.arabic.normalize import fold, is_plain_arabic
from search.arabic.spelling import plain_spelling
from search.arabic.stem import stem
from search.arabic.tokenize import WORD_RE
from search.engines.whoosh.ordered import join_spans
from search.engines.whoosh.segment_file import Array

# About how many bytes a word takes until it is written, and a piece of text.
_WORD_BYTES: Final = 620
_PIECE_BYTES: Final = 200
# Pieces known before all are forgotten: taking one apart again costs little, and rare
# ones are many.
_MOST_PIECES: Final = 100_000


class Word(NamedTuple):
    """What is known of a printed word; ``marked`` is empty without vowel marks."""

    surface: str
    spelling: str
    marked: str
    stem: str
    root: str


def describe(printed: str) -> Word:
    """The surface form of a word, how it is spelled, its marks, stem and root.

    >>> tuple(describe("والكِتاب"))
    ('والكتاب', 'والكتاب', 'والكِتاب', 'كتاب', 'كتب')
    """
    surface = fold(printed)
    # Letters alone, as most words are printed, are spelled so and have no marks.
    is_bare = is_plain_arabic(printed)
    spelling = printed if is_bare else plain_spelling(printed)
    marked = "" if is_bare else marked_form(printed)
    found = stem(surface)
    return Word(surface, spelling, marked, found, cached_root(found))


class Described(NamedTuple):
    """What is known of printed words, field by field.

    Hundreds of thousands of tuples, one a word, would keep the collector of garbage
    busy for a fifth of the time.
    """

    printed: list[str]
    surfaces: list[str]
    spellings: list[str]
    marked: list[str]
    stems: list[str]
    roots: list[str]

    def append(self, printed: str, word: Word) -> None:
        """Add a word."""
        surface, spelling, marked, stem, root = word
        self.printed.append(printed)
        # One string in memory for what is equal: as it is printed, and for all words
        # of a family.
        self.surfaces.append(printed if surface == printed else surface)
        self.spellings.append(printed if spelling == printed else spelling)
        self.marked.append(marked)
        self.stems.append(intern(stem))
        self.roots.append(intern(root))

    def extend(self, others: Described, chosen: Sequence[int]) -> None:
        """Add the *chosen* ones of *others*."""
        for values, more in zip(self, others, strict=True):
            values.extend([more[at] for at in chosen])


class Numbers(NamedTuple):
    """The number of each token of some texts, and how many tokens each text has."""

    tokens: Array
    sizes: Array


class Words(dict[str, int]):
    """Numbers printed words as they are first met.

    ``known`` has what is known of them, by number, as long as nobody takes it. Whatever
    stands between two spaces is taken apart once, for most of it is one word and comes
    again: so a text costs little more than cutting it at its spaces. As a dictionary it
    holds the numbers of these pieces.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known = Described(*([] for _ in Described._fields))
        self._numbers: dict[str, int] = {}
        self._forget_pieces()

    def _forget_pieces(self) -> None:
        self.clear()
        # The words of each piece, one piece after the other.
        self._words = array("I")
        self._starts = array("I", [0])

    def measure(self) -> int:
        """About how many bytes this takes until it is written."""
        return len(self._numbers) * _WORD_BYTES + len(self) * _PIECE_BYTES

    def take_known(self) -> Described:
        """What is known of the words met since it was last taken."""
        taken, self.known = self.known, Described(*([] for _ in Described._fields))
        return taken

    def end(self) -> None:
        """Number nothing any more: only ``known`` stays."""
        self._numbers.clear()
        self._forget_pieces()

    def __missing__(self, piece: str) -> int:
        for printed in WORD_RE.findall(piece):
            number = self._numbers.get(printed)
            if number is None:
                word = describe(printed)
                # Marks alone are printed like a word, and no token.
                if not word.surface:
                    continue
                number = self._numbers[printed] = len(self._numbers)
                self.known.append(printed, word)
            self._words.append(number)
        number = self[piece] = len(self._starts) - 1
        self._starts.append(len(self._words))
        return number

    def merge(self, described: Described) -> list[int]:
        """The numbers of words that others have described; new ones are taken over."""
        numbers, new = [], []
        for at, printed in enumerate(described.printed):
            number = self._numbers.get(printed)
            if number is None:
                number = self._numbers[printed] = len(self._numbers)
                new.append(at)
            numbers.append(number)
        self.known.extend(described, new)
        return numbers

    def number(self, texts: Iterable[str]) -> Numbers:
        """The words of *texts* by their numbers.

        >>> tokens, sizes = Words().number(["قال: «ثم» قال", "", "ثم"])
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
        tokens = np.array(self._words, np.uint32)[join_spans(firsts, lasts)]
        ends = np.concatenate(([0], np.cumsum(lasts - firsts)))
        return Numbers(tokens, np.diff(ends[np.cumsum(counts)]).astype(np.uint32))
