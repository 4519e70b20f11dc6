"""New words for paragraphs that are used again, so that a vocabulary grows as it does.

Half of the words of a collection occur in it once. Recombined paragraphs would bring
none that is new, and soon no rare word would be left. So each time that a paragraph
is used again, some of its words that occur once in the source change a letter: the
share falls with the number of uses as Heaps' law says (Heaps 1978, *Information
Retrieval*, 7.5). Public: `NewWords`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from typing import Final

from search.arabic.analyzer import cached_fold
from search.arabic.tokenize import iter_words

# A text n times as long has n to this power as many words; of Arabic newspapers and
# periodicals from 10,000 to 50,000 articles.
HEAPS_EXPONENT: Final = 0.47
# Shorter words would mostly become another that is known.
SHORTEST: Final = 4
LETTERS: Final = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"

_Span = tuple[int, int]


class NewWords:
    """Hands out paragraphs of a collection, each time with fewer words of old."""

    def __init__(self, paragraphs: Iterable[str], rng: random.Random) -> None:
        self._rng = rng
        self._uses = Counter[str]()
        self._spans: dict[str, tuple[_Span, ...]] = {}
        counts = Counter[str]()
        for paragraph in paragraphs:
            counts.update(cached_fold(word.group()) for word in iter_words(paragraph))
        self._once = {
            word
            for word, count in counts.items()
            if count == 1 and len(word) >= SHORTEST
        }

    def use(self, paragraph: str) -> str:
        """*paragraph* as it is the first time, later with words of its own."""
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
        """Where the words stand that occur once."""
        if paragraph not in self._spans:
            self._spans[paragraph] = tuple(
                word.span()
                for word in iter_words(paragraph)
                if cached_fold(word.group()) in self._once
            )
        return self._spans[paragraph]

    def _change(self, word: str) -> str:
        """*word* with a letter changed; the first one stays, it may be a proclitic."""
        at = self._rng.randrange(1, len(word))
        return word[:at] + self._rng.choice(LETTERS) + word[at + 1 :]
