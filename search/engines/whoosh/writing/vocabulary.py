"""Term ids: terms numbered from 0 in the order of their first occurrence."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from search.arabic.normalize import fold, is_plain_arabic
from search.arabic.tokenize import list_words
from search.engines.whoosh.arrays import Array, concat_ranges
from search.engines.whoosh.writing.word_records import WordRecords, analyze_words

# Bytes of memory (measured) that a segment takes for each term of a vocabulary beside
# its letters, for each printed word, and for each chunk of text.
_TERM_BYTES: Final = 250
_WORD_BYTES: Final = 300
_CHUNK_BYTES: Final = 200
# Chunks that are cached before the cache is cleared. With half as many, indexing takes
# 10 to 25 % longer; twice as many gain nothing that can be measured.
_MAX_CHUNKS: Final = 200_000


class Vocabulary(dict[bytes, int]):
    """The ids of terms; looking up a new term adds it."""

    _size = 0

    def __missing__(self, term: bytes) -> int:
        term_id = self[term] = len(self)
        self._size += len(term)
        return term_id

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory in use until the terms are written."""
        return len(self) * _TERM_BYTES + self._size


class TokenizedTexts(NamedTuple):
    """The term id of each token of some texts, and the number of tokens of each text.

    Both are uint32, and parallel to the tokens or the texts.
    """

    term_ids: Array
    sizes: Array


class TermIds(dict[str, int]):
    """The ids of printed words, and the tokenizer that finds them in texts.

    A text is split at its spaces, and each chunk between two spaces is tokenized once:
    most chunks are one word and come again, so that a text costs little more than its
    split. The dictionary has the number of each chunk in that cache. ``records`` has
    the analysis of words, in the order of their ids, as far as it was done.
    """

    def __init__(self) -> None:
        super().__init__()
        self.records = WordRecords()
        self._ids: dict[bytes, int] = {}
        # Printed words that are numbered and not yet analyzed.
        self._new: list[bytes] = []
        self._clear_chunks()

    def _clear_chunks(self) -> None:
        self.clear()
        # The ids of the words of each chunk, one chunk after the other.
        self._chunk_ids = array("I")
        self._chunk_starts = array("I", [0])

    def ram_bytes_used(self) -> int:
        """An estimate of the bytes of memory in use."""
        return len(self._ids) * _WORD_BYTES + len(self) * _CHUNK_BYTES

    def take_new(self) -> list[bytes]:
        """The printed words that were numbered since the last call, by id."""
        taken, self._new = self._new, []
        return taken

    def analyze_new(self) -> None:
        """Add the records of the words that ``take_new`` would return."""
        self.records.extend(analyze_words(self.take_new()))

    def release(self) -> None:
        """Release all memory but that of ``records``; no more texts can be added."""
        self._ids.clear()
        self._clear_chunks()

    def __missing__(self, chunk: str) -> int:
        for printed in list_words(chunk):
            term_id = self._ids.get(key := printed.encode())
            if term_id is None:
                # Diacritics alone match the pattern, and are folded to nothing.
                if not (is_plain_arabic(printed) or fold(printed)):
                    continue
                term_id = self._add(key)
            self._chunk_ids.append(term_id)
        number = self[chunk] = len(self._chunk_starts) - 1
        self._chunk_starts.append(len(self._chunk_ids))
        return number

    def _add(self, printed: bytes) -> int:
        term_id = self._ids[printed] = len(self._ids)
        self._new.append(printed)
        return term_id

    def ids_of(self, printed: Iterable[bytes]) -> list[int]:
        """The ids of words that another process has found in texts; adds new ones."""
        get = self._ids.get
        return [
            self._add(word) if (term_id := get(word)) is None else term_id
            for word in printed
        ]

    def tokenize(self, texts: Iterable[str]) -> TokenizedTexts:
        """The tokens of *texts* as term ids.

        >>> term_ids, sizes = TermIds().tokenize(["قال: «ثم» قال", "", "ثم"])
        >>> term_ids.tolist(), sizes.tolist()
        ([0, 1, 0, 1], [3, 0, 1])
        """
        if len(self) > _MAX_CHUNKS:
            self._clear_chunks()
        numbers, chunk_counts = array("I"), [0]
        for text in texts:
            # No word contains a character that ``split`` takes for a space (tested).
            chunks = text.split()
            numbers.extend(map(self.__getitem__, chunks))
            chunk_counts.append(len(chunks))
        at = np.frombuffer(numbers, np.uint32).astype(np.intp)
        chunk_starts = np.array(self._chunk_starts, np.intp)
        starts, stops = chunk_starts[at], chunk_starts[at + 1]
        term_ids = np.array(self._chunk_ids, np.uint32)[concat_ranges(starts, stops)]
        ends = np.concatenate(([0], np.cumsum(stops - starts)))
        sizes = np.diff(ends[np.cumsum(chunk_counts)])
        return TokenizedTexts(term_ids, sizes.astype(np.uint32))
