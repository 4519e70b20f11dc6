"""New words for reused paragraphs, so that the vocabulary grows with the collection.

About half of the words of a collection occur in it once. Recombined paragraphs bring
no new word, so a large assembled collection would have no rare words. Each time a
paragraph is reused, some of its words that occur once in the source get another
letter; their share falls with the number of uses as in Heaps' law (Heaps 1978,
*Information Retrieval*, 7.5).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from typing import Final

from search.arabic.analyzer import cached_fold
from search.arabic.tokenize import iter_words, list_words

# The exponent of Heaps' law, V = k * n ** beta, fitted to Arabic newspapers and
# periodicals of 10,000 to 50,000 articles.
HEAPS_EXPONENT: Final = 0.47
# With a letter changed, shorter words are mostly other known words.
SHORTEST: Final = 4
LETTERS: Final = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"

_Span = tuple[int, int]


class NewWords:
    """Paragraphs of a source collection, with new words from their second use on."""

    def __init__(self, paragraphs: Iterable[str], rng: random.Random) -> None:
        self._rng = rng
        self._uses = Counter[str]()
        self._spans: dict[str, tuple[_Span, ...]] = {}
        counts = Counter[str]()
        for paragraph in paragraphs:
            counts.update(map(cached_fold, list_words(paragraph)))
        self._hapaxes = {
            word
            for word, count in counts.items()
            if count == 1 and len(word) >= SHORTEST
        }

    def use(self, paragraph: str) -> str:
        """*paragraph* unchanged the first time, later with some words replaced."""
        self._uses[paragraph] += 1
        uses = self._uses[paragraph]
        if uses == 1:
            return paragraph
        share = uses ** (HEAPS_EXPONENT - 1)
        chosen = [span for span in self._find(paragraph) if self._rng.random() < share]
        for start, end in reversed(chosen):
            word = self._change(paragraph[start:end])
            paragraph = paragraph[:start] + word + paragraph[end:]
        return paragraph

    def _find(self, paragraph: str) -> tuple[_Span, ...]:
        """The spans, in characters, of words that occur once in the source."""
        if paragraph not in self._spans:
            self._spans[paragraph] = tuple(
                (start, end)
                for word, start, end in iter_words(paragraph)
                if word == paragraph[start:end] and cached_fold(word) in self._hapaxes
            )
        return self._spans[paragraph]

    def _change(self, word: str) -> str:
        """*word* with a letter changed, not the first, which may be a proclitic."""
        index = self._rng.randrange(1, len(word))
        return word[:index] + self._rng.choice(LETTERS) + word[index + 1 :]
