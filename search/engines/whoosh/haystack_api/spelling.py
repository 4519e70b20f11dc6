"""Words that the index knows in place of misspelled ones, by edit distance."""

from __future__ import annotations

from typing import Final

import numpy as np

from search.arabic.analyzer import analyze
from search.engines.whoosh.arrays import Array
from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.index.snapshot import Snapshot

MOST_EDITS: Final = 2
# Short words have a neighbor within two edits whatever they are.
_SHORT: Final = 4
# Bytes of a letter in the scripts whose words are corrected: Arabic and Latin.
_BYTES_A_LETTER: Final = 2


def suggest(snapshot: Snapshot, field: str, text: str) -> str | None:
    """*text* with every word that *field* lacks replaced; ``None`` if none can be.

    The replacement is the nearest word that begins alike, of several the most
    frequent. Words without any near one stay as they are.
    """
    if field not in snapshot.schema:
        return None
    changed = False
    words: list[str] = []
    for token in analyze(text):
        better = _nearest(snapshot, field, token.surface)
        changed = changed or better is not None
        words.append(better or text[token.start : token.end])
    return " ".join(words) if changed else None


def _nearest(snapshot: Snapshot, field: str, word: str) -> str | None:
    """The word in place of *word*; ``None`` where it is known or nothing is near."""
    edits = 1 if len(word) < _SHORT else MOST_EDITS
    candidates: dict[str, int] = {}
    for _, postings in snapshot.fields(field):
        if postings.terms.find(word.encode()) is not None:
            return None
        for term, frequency in _similar(postings, word, edits):
            candidates[term] = candidates.get(term, 0) + frequency
    if not candidates:
        return None
    terms = sorted(candidates)
    distances = edit_distances(word, terms)
    near = [
        (distance, -candidates[term], term)
        for distance, term in zip(distances.tolist(), terms, strict=True)
        if distance <= edits
    ]
    return min(near)[2] if near else None


def _similar(postings: FieldPostings, word: str, edits: int) -> list[tuple[str, int]]:
    """The terms with the word's first letter and about its length, with frequencies."""
    first, last = postings.terms.prefix_range(word[0].encode())
    sizes = postings.terms.sizes(first, last)
    near = np.abs(sizes - len(word.encode())) <= edits * _BYTES_A_LETTER
    found = []
    for ordinal in (np.flatnonzero(near) + first).tolist():
        term = postings.terms[ordinal].decode()
        lists = postings.lists_of(range(ordinal, ordinal + 1))
        if abs(len(term) - len(word)) <= edits and term.isalpha() == word.isalpha():
            found.append((term, int(postings.doc_freqs(lists)[0])))
    return found


def edit_distances(word: str, terms: list[str]) -> Array:
    """Levenshtein's distance of *word* from each of *terms*.

    >>> edit_distances("كتب", ["كتب", "كتاب", "مكتوب"]).tolist()
    [0, 1, 2]
    """
    width = max(len(term) for term in terms)
    letters = np.zeros((len(terms), width), np.uint32)
    for row, term in enumerate(terms):
        letters[row, : len(term)] = [ord(char) for char in term]
    # One row of the usual table for all terms at once, letter by letter of the word.
    previous = np.tile(np.arange(width + 1), (len(terms), 1))
    for at, char in enumerate(word, start=1):
        current = np.empty_like(previous)
        current[:, 0] = at
        differs = letters != ord(char)
        for place in range(1, width + 1):
            current[:, place] = np.minimum(
                np.minimum(previous[:, place], current[:, place - 1]) + 1,
                previous[:, place - 1] + differs[:, place - 1],
            )
        previous = current
    lengths = np.array([len(term) for term in terms])
    distances: Array = previous[np.arange(len(terms)), lengths]
    return distances
