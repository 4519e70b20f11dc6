"""Several segments into one, without their deleted documents and without analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.fields import FieldType, Schema

from search.engines.whoosh.builder import build_column
from search.engines.whoosh.families import build_families
from search.engines.whoosh.inversion import (
    build_forward,
    build_postings,
    narrow,
    sort_tokens,
)
from search.engines.whoosh.lexicon import Lexicon, pack_terms
from search.engines.whoosh.schema import ArabicText, Values
from search.engines.whoosh.segment import FieldPostings, SegmentData
from search.engines.whoosh.segment_file import Array, write_segment_file

# A segment is merged into those that are together at least this share of its size:
# each document is then rewritten a number of times logarithmic in the archive's size.
_GROWTH: Final = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A segment to be merged and which of its documents live on."""

    data: SegmentData
    alive: Array

    @property
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
    sections.update(pack_terms("stored", stored))
    oldest = min(part.data.file.facts["analyzer"] for part in parts)
    write_segment_file(path, {"documents": count, "analyzer": oldest}, sections)
    return count


def _merge_postings(
    name: str, field: FieldType, parts: Sequence[Part], count: int
) -> dict[str, Array]:
    fields = [part.data.field(name) for part in parts]
    lists = [list(found.terms) if found else [] for found in fields]
    terms = sorted(set().union(*lists))
    rank = {term: at for at, term in enumerate(terms)}
    columns: list[tuple[Array, Array, Array]] = []
    base = 0
    for part, found, own in zip(parts, fields, lists, strict=True):
        if found:
            ranks = np.array([rank[term] for term in own], np.int64)
            columns.append(_living_tokens(part, found, ranks, base))
        base += int(part.alive.sum())
    tokens = sort_tokens(
        *(np.concatenate(column) for column in zip(*columns, strict=True))
    )
    used, renumbered = np.unique(tokens[0], return_inverse=True)
    terms = [terms[at] for at in used]
    keeps_positions = bool(field.format and field.format.supports("positions"))
    sections = build_postings(
        name, terms, (renumbered, tokens[1], tokens[2]), positions=keeps_positions
    )
    if isinstance(field, Values):
        sections.update(build_forward(name, count, sections))
    elif field.scorable:
        sections[f"{name}/lengths"] = _living(
            parts, [part.data.lengths(name) for part in parts]
        )
    if isinstance(field, ArabicText):
        sections.update(build_families(name, terms))
    return sections


def _living_tokens(
    part: Part, found: FieldPostings, ranks: Array, base: int
) -> tuple[Array, Array, Array]:
    """Term, document and position of each token in a living document."""
    postings = found.range(0, len(found.terms))
    terms = np.repeat(ranks, found.starts[1:].astype(np.int64) - found.starts[:-1])
    alive = part.alive[postings.docs]
    freqs = postings.freqs[alive].astype(np.int64)
    docs = part.new_numbers[postings.docs[alive]] + base
    places = (
        found.all_positions()[np.repeat(alive, postings.freqs)]
        if found.has_positions
        else np.zeros(int(freqs.sum()), np.int64)
    )
    return (
        np.repeat(terms[alive], freqs),
        np.repeat(docs, freqs),
        places.astype(np.int64),
    )


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
