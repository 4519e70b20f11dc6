"""Our word families as a Whoosh tokenizer, as a reader of its manual writes one.

Public: `FamilyTokenizer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Token, Tokenizer

from benchmarks.data.collection import PARTS, stems
from search.arabic.analyzer import spans


class FamilyTokenizer(Tokenizer):  # type: ignore[misc]
    """Yields the word families of a text, and the mark between its parts."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Any]:
        token = Token(positions, chars, removestops=True, mode=mode)
        found = _places(value) if chars else _words(value)
        for position, (stem, start, end) in enumerate(found):
            token.text = stem
            token.boost = 1.0
            if positions:
                token.pos = position
            if chars:
                token.startchar, token.endchar = start, end
            yield token


def _words(value: str) -> Iterator[tuple[str, int, int]]:
    first, *others = value.split(PARTS)
    yield from ((stem, 0, 0) for stem in stems(first))
    for part in others:
        yield PARTS, 0, 0
        yield from ((stem, 0, 0) for stem in stems(part))


def _places(value: str) -> Iterator[tuple[str, int, int]]:
    """The same with the places of the words in *value*, for queries and marks."""
    base = 0
    for part in value.split(PARTS):
        if base:
            yield PARTS, base - len(PARTS), base
        for stem, (start, end) in zip(stems(part), spans(part), strict=True):
            yield stem, base + start, base + end
        base += len(part) + len(PARTS)
