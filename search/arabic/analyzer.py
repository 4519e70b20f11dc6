"""The analyzer: text to tokens, the same for index, queries and highlighting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from search.arabic.compounds import NOT
from search.arabic.display_form import display_form
from search.arabic.normalize import fold
from search.arabic.tokenize import iter_words, list_words

# Raised with every change to tokens, surface forms, families or roots: an index of an
# older version is still served, but must be rebuilt.
ANALYZER_VERSION: Final = 9

# Entries of the cache below, at 225 to 250 bytes an entry: the same words come again in
# every text.
CACHED_WORDS: Final = 50_000

cached_fold = lru_cache(CACHED_WORDS)(fold)


@lru_cache(CACHED_WORDS)
def cached_display_form(printed: str) -> str:
    """The display form of a word of the tokenizer; ``""`` where it is no token.

    >>> cached_display_form("المُقـــاوَمة"), cached_display_form("ﱞ")
    ('المقاومة', '')
    """
    return display_form(printed) if cached_fold(printed) else ""


@dataclass(frozen=True, slots=True)
class Token:
    """An occurrence of a word, by its surface form.

    ``start`` and ``end`` are offsets in characters of the original text, the same for
    all words that one character stands for; ``position`` counts the tokens of the text
    from 0. ``printed`` is the word before folding: what stands at these offsets, or one
    of the words of a ligature.
    """

    surface: str
    start: int
    end: int
    position: int
    printed: str


def analyze(text: str) -> list[Token]:
    """The tokens of *text* in order; a run without letters and digits is no token.

    >>> [(t.surface, t.start, t.end) for t in analyze("وبالكِتابِ، ١٩٤٨")]
    [('وبالكتاب', 0, 10), ('1948', 12, 16)]
    >>> analyze("، ـ …")
    []
    >>> [(t.surface, t.start, t.end, t.position) for t in analyze("ﷻ")]
    [('جل', 0, 1, 0), ('جلاله', 0, 1, 1)]
    """
    return list(_iter_tokens(text))


def _iter_tokens(text: str) -> Iterator[Token]:
    position = 0
    for printed, start, end in iter_words(text):
        if surface := cached_fold(printed):
            yield Token(surface, start, end, position, printed)
            position += 1


def is_part_of_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether one of *tokens* is a part of a joined name, or a word of a ligature.

    Of those no other form is meant, but of a word that لا is joined with.

    >>> [is_part_of_name(analyze("قال عبدالله"), at) for at in range(3)]
    [False, True, True]
    >>> [is_part_of_name(analyze("اللامركزية"), at) for at in range(2)]
    [False, False]
    """
    token = tokens[at]
    same = [other for other in tokens if other.start == token.start]
    return len(same) > 1 and same[0].printed != NOT


def surfaces(text: str) -> list[str]:
    """The surface forms of the tokens of *text*, in order: the terms of the index.

    >>> surfaces("الْعَرَبِيَّةُ والعـــراق")
    ['العربيه', 'والعراق']
    """
    folded = list(map(cached_fold, list_words(text)))
    return folded if all(folded) else [surface for surface in folded if surface]


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end offset, in characters, of each token of *text*.

    >>> spans("وبالكِتابِ، ١٩٤٨")
    [(0, 10), (12, 16)]
    """
    return [(start, end) for word, start, end in iter_words(text) if cached_fold(word)]
