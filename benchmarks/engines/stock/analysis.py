"""Our word families as a Whoosh tokenizer, written as its manual describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Token, Tokenizer

from benchmarks.data.collection import PARTS, stems
from search.arabic.analyzer import spans


class FamilyTokenizer(Tokenizer):  # type: ignore[misc]
    """The word families of a text, and ``PARTS`` between its parts."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Any]:
        token = Token(positions, chars, removestops=True, mode=mode)
        terms = _with_offsets(value) if chars else _without_offsets(value)
        for position, (stem, start, end) in enumerate(terms):
            token.text = stem
            token.boost = 1.0
            if positions:
                token.pos = position
            if chars:
                token.startchar, token.endchar = start, end
            yield token


def _without_offsets(value: str) -> Iterator[tuple[str, int, int]]:
    first, *others = value.split(PARTS)
    yield from ((stem, 0, 0) for stem in stems(first))
    for part in others:
        yield PARTS, 0, 0
        yield from ((stem, 0, 0) for stem in stems(part))


def _with_offsets(value: str) -> Iterator[tuple[str, int, int]]:
    """The same with offsets in *value*, in characters, for queries and highlighting."""
    base = 0
    for part in value.split(PARTS):
        if base:
            yield PARTS, base - len(PARTS), base
        for stem, (start, end) in zip(stems(part), spans(part), strict=True):
            yield stem, base + start, base + end
        base += len(part) + len(PARTS)
