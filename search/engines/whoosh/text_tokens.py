"""The tokens of a field of Arabic text while documents come in, and its sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from search.engines.whoosh.groups import join_form, pack_groups
from search.engines.whoosh.inversion import TokenStream, narrow, rank_terms
from search.engines.whoosh.lexicon import pack_terms
from search.engines.whoosh.postings_builder import PostingsBuilder
from search.engines.whoosh.schema import (
    marked_field,
    marked_term,
    split_values,
)
from search.engines.whoosh.segment_file import Array
from search.engines.whoosh.spellings import choose_spellings, pack_spellings
from search.engines.whoosh.words import Described
from search.scanning import MAX_DISTANCE

# No phrase and no nearness reaches from one part of a text, such as its title,
# into the next.
PART_GAP: Final = MAX_DISTANCE
# No posting list.
_NONE: Final = -1


class TextTokens:
    """The tokens of the Arabic text *name*; its vowel marks are a field beside it.

    Documents wait, a batch of them, until the numbers of their words are known.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.stream = TokenStream()
        self._texts: list[str] = []
        self._parts: list[int] = []

    def add(self, value: Any) -> int:
        """Append the next document, whose text is *value*: one part or several.

        Returns the characters of it.
        """
        parts = split_values(value)
        self._texts += parts
        self._parts.append(len(parts))
        return sum(map(len, parts))

    def take_texts(self) -> tuple[list[str], Array]:
        """The texts that wait, and how many each document has; they wait no more."""
        taken = self._texts, np.array(self._parts, np.int64)
        self._texts, self._parts = [], []
        return taken

    def extend(self, numbers: Array, sizes: Array, docs: Array) -> None:
        """Append what became of texts: *sizes* of them, *docs* texts a document."""
        self.stream.extend(numbers, sizes, docs, gap=PART_GAP)

    def sections(self, words: Described) -> Iterator[tuple[str, Array]]:
        """The sections of the field and of its marks; the stream numbers *words*."""
        counts = self.stream.counts(len(words.surfaces))
        used = np.flatnonzero(counts).tolist()
        forms, lists = _order(words, used)
        yield from self._postings(self.name, lists, len(forms)).items()
        lengths = np.frombuffer(self.stream.lengths, np.uint32)
        yield f"{self.name}/lengths", narrow(lengths)
        yield from pack_groups(self.name, forms).items()
        spellings = choose_spellings(
            (words.surfaces[number], words.spellings[number], count)
            for number, count in zip(used, counts[used].tolist(), strict=True)
        )
        terms = sorted({words.surfaces[number] for number in used})
        yield from pack_spellings(self.name, terms, spellings).items()
        yield from self._marked_sections(words, used)

    def _postings(self, name: str, lists: Array, size: int) -> dict[str, Array]:
        builder = PostingsBuilder(size, positions=True)
        for tokens in self.stream.iter_sorted(lists, size):
            builder.add(tokens)
        return builder.sections(name)

    def _marked_sections(
        self, words: Described, used: list[int]
    ) -> Iterator[tuple[str, Array]]:
        marked = [number for number in used if words.marked[number]]
        terms, ranks = rank_terms(
            [
                marked_term(words.surfaces[number], words.marked[number])
                for number in marked
            ]
        )
        lists = np.full(len(words.marked), _NONE)
        lists[marked] = ranks
        name = marked_field(self.name)
        yield from self._postings(name, lists, len(terms)).items()
        yield from pack_terms(f"{name}/terms", terms).items()


def _order(words: Described, used: list[int]) -> tuple[list[str], Array]:
    """The forms of the words *used* in their order, and by number the list of each."""
    forms, ranks = rank_terms(
        [
            join_form(words.roots[number], words.stems[number], words.surfaces[number])
            for number in used
        ]
    )
    lists = np.full(len(words.surfaces), _NONE)
    lists[used] = ranks
    return forms, lists
