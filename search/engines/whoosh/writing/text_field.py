"""The tokens of a field of Arabic text while documents come in, and its sections."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.chunks import ChunkedArray
from search.engines.whoosh.codec.display_forms import (
    choose_display_form,
    pack_display_forms,
)
from search.engines.whoosh.codec.families import pack_families
from search.engines.whoosh.codec.segment_file import Sections
from search.engines.whoosh.codec.term_dict import pack_terms
from search.engines.whoosh.schema import diacritics_field, diacritics_term, split_values
from search.engines.whoosh.writing.inversion import TokenStream, rank_terms
from search.engines.whoosh.writing.postings_writer import PostingsWriter
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.word_records import WordRecords
from search.query.lexer import MAX_DISTANCE

# No phrase and no nearness reaches from one part of a text, such as its title,
# into the next.
PART_GAP: Final = MAX_DISTANCE
# No posting list.
_NONE: Final = -1


class TextFieldWriter:
    """The tokens of the Arabic text *name*; its vowel marks are a field beside it.

    Documents wait, a batch of them, until the numbers of their words are known.
    """

    def __init__(self, name: str, scratch: SpillFolder) -> None:
        self.name = name
        self.stream = TokenStream(scratch)
        self._scratch = scratch
        self._texts: list[str] = []
        self._parts: list[int] = []

    def measure(self) -> int:
        """About how many bytes this takes until it is written, its words left out."""
        return self.stream.measure()

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

    def sections(
        self, words: WordRecords
    ) -> Iterator[tuple[str, Array | ChunkedArray]]:
        """The sections of the field and of its marks; the stream numbers *words*."""
        counts = self.stream.counts(len(words))
        used = np.flatnonzero(counts)
        forms, ranks = rank_terms([words.form(number) for number in used.tolist()])
        spellings = _choose_spellings(words, used, ranks, counts)
        lists = np.full(len(words), _NONE)
        lists[used] = ranks
        yield from self._postings(self.name, lists, len(forms)).items()
        lengths = np.frombuffer(self.stream.lengths, np.uint32)
        yield f"{self.name}/lengths", narrow(lengths)
        families = pack_families(self.name, forms)
        yield from families.items()
        of_terms = families[f"{self.name}/lists"]
        yield from pack_display_forms(self.name, of_terms, spellings).items()
        yield from self._marked_sections(words, used)
        # The sections have what they need of it, and room is wanted for their file.
        self.stream.close()

    def _postings(self, name: str, lists: Array, size: int) -> Sections:
        builder = PostingsWriter(size, self._scratch, positions=True)
        for tokens in self.stream.iter_sorted(lists, size):
            builder.add(tokens)
        return builder.sections(name)

    def _marked_sections(
        self, words: WordRecords, used: Array
    ) -> Iterator[tuple[str, Array | ChunkedArray]]:
        marked = used[words.is_marked()[used]].tolist()
        terms, ranks = rank_terms(
            [
                diacritics_term(
                    words.surface(number).decode(), words.marked(number).decode()
                )
                for number in marked
            ]
        )
        lists = np.full(len(words), _NONE)
        lists[marked] = ranks
        name = diacritics_field(self.name)
        yield from self._postings(name, lists, len(terms)).items()
        yield from pack_terms(f"{name}/terms", terms).items()


def _choose_spellings(
    words: WordRecords, used: Array, ranks: Array, counts: Array
) -> dict[int, bytes]:
    """How forms are printed, by rank, where it is not the form itself.

    *ranks* are those of the words *used* among the forms, *counts* of all words.
    """
    is_other = np.zeros(ranks.max(initial=-1) + 1, bool)
    is_other[ranks[words.is_spelled_otherwise()[used]]] = True
    at = np.flatnonzero(is_other[ranks])
    at = at[np.argsort(ranks[at], kind="stable")]
    by_rank = zip(ranks[at].tolist(), used[at].tolist(), strict=True)
    chosen: dict[int, bytes] = {}
    for rank, group in groupby(by_rank, key=itemgetter(0)):
        numbers = [number for _rank, number in group]
        if len(numbers) == 1:
            chosen[rank] = words.other_spelling(numbers[0])
            continue
        surface = words.surface(numbers[0])
        spelling = choose_display_form(
            (words.other_spelling(number) or surface, int(counts[number]))
            for number in numbers
        )
        if spelling != surface:
            chosen[rank] = spelling
    return chosen
