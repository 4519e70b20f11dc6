"""The writer of an Arabic text field, and of the field of its diacritics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.chunks import ChunkedArray
from search.engines.whoosh.codec.families import pack_families
from search.engines.whoosh.codec.segment_file import Sections
from search.engines.whoosh.codec.term_dict import pack_terms
from search.engines.whoosh.schema import (
    diacritics_field,
    diacritics_term,
    split_values,
)
from search.engines.whoosh.writing.inversion import TokenBuffer, rank_terms
from search.engines.whoosh.writing.postings_writer import PostingsWriter
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.word_records import WordRecords
from search.fields import POSITION_GAP

# The posting list of a word that is not in the field.
_NO_LIST: Final = -1


class TextFieldWriter:
    """The tokens of the Arabic text *name*, spilled to files.

    Texts are tokenized in batches, outside: ``add`` collects them, ``take_texts`` hands
    them out, and ``extend`` takes their tokens.
    """

    def __init__(self, name: str, spill: SpillFolder) -> None:
        self.name = name
        self._tokens = TokenBuffer(spill)
        self._spill = spill
        self._texts: list[str] = []
        self._text_counts: list[int] = []

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory in use, without those of its words."""
        return self._tokens.ram_bytes_used()

    def add(self, value: Any) -> int:
        """Append the next document, whose *value* is one text or several parts.

        Returns the number of its characters.
        """
        parts = split_values(value)
        self._texts += parts
        self._text_counts.append(len(parts))
        return sum(map(len, parts))

    def take_texts(self) -> tuple[list[str], Array]:
        """The texts since the last call, and the number of each document's: int64."""
        taken = self._texts, np.array(self._text_counts, np.int64)
        self._texts, self._text_counts = [], []
        return taken

    def extend(self, term_ids: Array, sizes: Array, text_counts: Array) -> None:
        """Append the tokens of texts that were taken.

        *sizes* has the number of tokens of each text, *text_counts* the number of texts
        of each document.
        """
        self._tokens.extend(term_ids, sizes, text_counts, gap=POSITION_GAP)

    def sections(
        self, words: WordRecords
    ) -> Iterator[tuple[str, Array | ChunkedArray]]:
        """The sections of the text and of its diacritics, with the term ids of *words*.

        A posting list belongs to a family key, which printed words share that differ in
        nothing but diacritics and tatweel.
        """
        counts = self._tokens.count(len(words))
        used = np.flatnonzero(counts)
        keys, ordinals = rank_terms([words.family_key(each) for each in used.tolist()])
        lists = np.full(len(words), _NO_LIST)
        lists[used] = ordinals
        yield from self._postings(self.name, lists, len(keys)).items()
        lengths = np.frombuffer(self._tokens.lengths, np.uint32)
        yield f"{self.name}/lengths", narrow(lengths)
        yield from pack_families(self.name, keys).items()
        yield from self._diacritics_sections(words, used)
        # Before the next field spills its postings.
        self._tokens.close()

    def _postings(self, name: str, lists: Array, n_lists: int) -> Sections:
        writer = PostingsWriter(n_lists, self._spill, positions=True)
        for tokens in self._tokens.iter_sorted(lists, n_lists):
            writer.add(tokens)
        return writer.sections(name)

    def _diacritics_sections(
        self, words: WordRecords, used: Array
    ) -> Iterator[tuple[str, Array | ChunkedArray]]:
        diacritized = used[words.has_diacritics()[used]].tolist()
        terms, ordinals = rank_terms(
            [
                diacritics_term(
                    words.surface(term_id).decode(),
                    words.diacritized_form(term_id).decode(),
                )
                for term_id in diacritized
            ]
        )
        lists = np.full(len(words), _NO_LIST)
        lists[diacritized] = ordinals
        name = diacritics_field(self.name)
        yield from self._postings(name, lists, len(terms)).items()
        yield from pack_terms(f"{name}/terms", terms).items()
