"""Several segments into one, without their deleted documents and without analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.fields import FieldType, Schema

from search.engines.whoosh.builder import build_column
from search.engines.whoosh.groups import build_groups
from search.engines.whoosh.inversion import (
    Tokens,
    build_forward,
    narrow,
    sort_tokens,
)
from search.engines.whoosh.lexicon import Lexicon, pack_strings
from search.engines.whoosh.postings_builder import PostingsBuilder
from search.engines.whoosh.schema import ArabicText, Values
from search.engines.whoosh.segment import FieldPostings, SegmentData
from search.engines.whoosh.segment_file import Array, write_segment_file
from search.engines.whoosh.spellings import choose_spellings, pack_spellings

# A segment is merged into those that are together at least this share of its size:
# each document is then rewritten a number of times logarithmic in the archive's size.
_GROWTH: Final = 2
# Tokens merged at a time; one takes some 80 bytes meanwhile.
STRETCH: Final = 2_000_000


@dataclass(frozen=True)
class Part:
    """A segment to be merged and which of its documents live on."""

    data: SegmentData
    alive: Array

    @cached_property
    def new_numbers(self) -> Array:
        """The number of each living document among the living."""
        return np.cumsum(self.alive, dtype=np.int64) - 1


def choose_to_merge(sizes: Sequence[int], limit: int | None) -> list[int]:
    """Which segments of these *sizes*, in documents, to merge; ``[]`` for none.

    Segments of more than *limit* documents are left alone.

    >>> choose_to_merge([100_000, 3, 1, 1], None)
    [2, 3, 1]
    """
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    chosen: list[int] = []
    total = 0
    for at in order:
        too_large = limit is not None and sizes[at] > limit
        if too_large or (chosen and sizes[at] > _GROWTH * total):
            break
        chosen.append(at)
        total += sizes[at]
    return chosen if len(chosen) > 1 else []


def merge_segments(schema: Schema, parts: Sequence[Part], path: Path) -> int:
    """Write the living documents of *parts* to *path*; returns their number."""
    count = sum(int(part.alive.sum()) for part in parts)
    sections: dict[str, Array] = {}
    for name, field in schema.items():
        if field.indexed:
            sections.update(_merge_postings(name, field, parts, count))
        if field.column_type:
            sections.update(_merge_column(name, field, parts))
    stored: list[bytes] = []
    for part in parts:
        values = Lexicon(part.data.file, "stored")
        stored.extend(values[int(docnum)] for docnum in np.flatnonzero(part.alive))
    sections.update(pack_strings("stored", stored))
    oldest = min(part.data.file.facts["analyzer"] for part in parts)
    write_segment_file(path, {"documents": count, "analyzer": oldest}, sections)
    return count


def _merge_postings(
    name: str, field: FieldType, parts: Sequence[Part], count: int
) -> dict[str, Array]:
    keeps_positions = bool(field.format and field.format.supports("positions"))
    builder = _gather(name, parts, positions=keeps_positions)
    sections = builder.sections(name)
    if isinstance(field, Values):
        sections.update(build_forward(name, count, sections))
    elif field.scorable:
        sections[f"{name}/lengths"] = _living(
            parts, [part.data.lengths(name) for part in parts]
        )
    if isinstance(field, ArabicText):
        terms = builder.terms()
        sections.update(build_groups(name, terms))
        sections.update(pack_spellings(name, terms, _merge_spellings(name, parts)))
    return sections


def _merge_spellings(name: str, parts: Sequence[Part]) -> dict[str, str]:
    """The commonest spelling of each surface form, as far as the parts know."""
    return choose_spellings(
        (term.decode(), field.spellings[ordinal], count)
        for part in parts
        if (field := part.data.field(name))
        for ordinal, (term, count) in enumerate(
            zip(field.terms, field.token_counts().tolist(), strict=True)
        )
    )


def _gather(name: str, parts: Sequence[Part], *, positions: bool) -> PostingsBuilder:
    """The postings of all living documents, a stretch of the lexicon at a time."""
    sources: list[tuple[Part, FieldPostings, list[bytes], int]] = []
    base = 0
    for part in parts:
        found = part.data.field(name)
        if found:
            sources.append((part, found, list(found.terms), base))
        base += int(part.alive.sum())
    terms = sorted(set().union(*(own for _part, _found, own, _base in sources)))
    rank = {term: at for at, term in enumerate(terms)}
    ranks = [np.array([rank[term] for term in own], np.int64) for *_, own, _ in sources]
    builder = PostingsBuilder(terms, positions=positions)
    bounds = _stretches(len(terms), [source[1] for source in sources], ranks)
    for first, last in pairwise(bounds):
        pieces = []
        for (part, found, _own, start), own_ranks in zip(sources, ranks, strict=True):
            low, high = np.searchsorted(own_ranks, (first, last)).tolist()
            pieces.append(_living_tokens(part, found, own_ranks, (low, high), start))
        builder.add(sort_tokens(*map(np.concatenate, zip(*pieces, strict=True))))
    return builder


def _stretches(
    count: int, fields: Sequence[FieldPostings], ranks: Sequence[Array]
) -> list[int]:
    """Bounds of stretches of the *count* merged terms, of ``STRETCH`` tokens or so."""
    sizes = np.zeros(count, np.int64)
    for field, own_ranks in zip(fields, ranks, strict=True):
        sizes[own_ranks] += field.token_counts()
    stretch = np.cumsum(sizes) // STRETCH
    return [0, *(np.flatnonzero(np.diff(stretch)) + 1).tolist(), count]


def _living_tokens(
    part: Part, found: FieldPostings, ranks: Array, own: tuple[int, int], base: int
) -> Tokens:
    """The tokens in living documents of the terms with the segment's ordinals *own*."""
    ordinals = np.arange(*own)
    postings = found.gather(ordinals)
    starts = found.starts[own[0] : own[1] + 1].astype(np.int64)
    terms = np.repeat(ranks[own[0] : own[1]], np.diff(starts))
    alive = part.alive[postings.docs]
    freqs = postings.freqs[alive].astype(np.int64)
    docs = part.new_numbers[postings.docs[alive]] + base
    places = (
        found.positions(ordinals)[np.repeat(alive, postings.freqs)].astype(np.int64)
        if found.has_positions
        else np.zeros(int(freqs.sum()), np.int64)
    )
    return np.repeat(terms[alive], freqs), np.repeat(docs, freqs), places


def _living(parts: Sequence[Part], arrays: Sequence[Array | None]) -> Array:
    kept = [
        np.zeros(int(part.alive.sum()), np.int64)
        if array is None
        else array[part.alive]
        for part, array in zip(parts, arrays, strict=True)
    ]
    return narrow(np.concatenate(kept))


def _merge_column(
    name: str, field: FieldType, parts: Sequence[Part]
) -> dict[str, Array]:
    values: list[object] = []
    for part in parts:
        living = np.flatnonzero(part.alive)
        numbers, order = part.data.numbers(name), part.data.order(name)
        if numbers is not None:
            values.extend(numbers[living].tolist())
        elif order is not None:
            values.extend(order[1][int(at)] for at in order[0][living])
        else:
            values.extend([None] * len(living))
    return build_column(name, field.column_type, values)
