"""What is known of each word as it is printed, found once however often it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from sys import intern
from typing import Final, NamedTuple

from search.arabic.analyzer import cached_root
from search.arabic.marks import marked_form
from search.arabic.normalize import fold, is_plain_arabic
from search.arabic.spelling import plain_spelling
from search.arabic.stem import stem
from search.arabic.tokenize import WORD_RE

# The number of what is printed like a word and has no surface form: no token.
NO_WORD: Final = 0


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


class Numbers(NamedTuple):
    """The number of each token of some texts, and how many tokens each text has."""

    tokens: array[int]
    sizes: array[int]


class Words(dict[str, int]):
    """Numbers printed words from 1 as they are first met.

    ``known`` has what is known of them, by number, as long as nobody takes it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known = Described(*([""] for _ in Described._fields))
        self._count = 1
        self._has_no_word = False

    def take_known(self) -> Described:
        """What is known of the words met since it was last taken."""
        taken, self.known = self.known, Described(*([] for _ in Described._fields))
        return taken

    def _add(self, printed: str, word: Word) -> int:
        number = self[printed] = self._count
        self._count += 1
        self.known.append(printed, word)
        return number

    def __missing__(self, printed: str) -> int:
        word = describe(printed)
        if word.surface:
            return self._add(printed, word)
        self._has_no_word = True
        self[printed] = NO_WORD
        return NO_WORD

    def merge(self, described: Described) -> list[int]:
        """The numbers of words that others have described; new ones are taken over."""
        numbers = []
        for printed, *word in zip(*described, strict=True):
            number = self.get(printed)
            if number is None:
                number = self._add(printed, Word(*word))
            numbers.append(number)
        return numbers

    def number(self, texts: Iterable[str]) -> Numbers:
        """The words of *texts* by their numbers.

        >>> numbers = Words().number(["قال ثم قال", "", "ثم"])
        >>> list(numbers.tokens), list(numbers.sizes)
        ([1, 2, 1, 2], [3, 0, 1])
        """
        tokens, sizes = array("I"), array("I")
        for text in texts:
            before = len(tokens)
            found = map(self.__getitem__, WORD_RE.findall(text))
            # Whether there are any is known after the words have been looked up.
            numbers = array("I", found)
            if self._has_no_word and NO_WORD in numbers:
                numbers = array("I", filter(None, numbers))
            tokens.extend(numbers)
            sizes.append(len(tokens) - before)
        return Numbers(tokens, sizes)
