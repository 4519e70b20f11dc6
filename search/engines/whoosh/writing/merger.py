"""Several segments into one, without their deleted documents and without analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.columns import NumericColumn
from whoosh.fields import FieldType, Schema

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.display_forms import pack_display_forms
from search.engines.whoosh.codec.families import pack_families
from search.engines.whoosh.codec.segment_file import Sections, write_segment_file
from search.engines.whoosh.codec.stored_fields import STORED_FIELDS
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms
from search.engines.whoosh.schema import ArabicText, Values
from search.engines.whoosh.writing.inversion import (
    Tokens,
    iter_stretches,
    sort_tokens,
)
from search.engines.whoosh.writing.other_fields import (
    StoredFieldsWriter,
    encode_value,
    pack_order,
)
from search.engines.whoosh.writing.postings_writer import PostingsWriter
from search.engines.whoosh.writing.segment_writer import build_facts
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.term_merger import (
    Part,
    Source,
    find_sources,
    merge_display_forms,
    merge_terms,
)
from search.engines.whoosh.writing.vocabulary import Vocabulary

# A segment is merged into those that are together at least this share of its size:
# each document is then rewritten a number of times logarithmic in the archive's size.
_GROWTH: Final = 2


def find_merges(sizes: Sequence[int], limit: int | None) -> list[int]:
    """Which segments of these *sizes*, in documents, to merge; ``[]`` for none.

    Segments of more than *limit* documents are left alone.

    >>> find_merges([100_000, 3, 1, 1], None)
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
    scratch = SpillFolder(path.parent)
    count = sum(part.count for part in parts)
    sections: Sections = {}
    try:
        for name, field in schema.items():
            if field.indexed:
                sections.update(_merge_postings(name, field, parts, scratch))
            if field.column_type:
                sections.update(_merge_column(name, field, parts))
        sections.update(_merge_stored(schema, parts, scratch))
        oldest = min(part.data.file.metadata["analyzer"] for part in parts)
        write_segment_file(path, build_facts(schema, count, oldest), sections)
    finally:
        scratch.close()
    return count


def _merge_stored(
    schema: Schema, parts: Sequence[Part], scratch: SpillFolder
) -> Sections:
    stored = StoredFieldsWriter(schema, scratch)
    for part in parts:
        values = TermDict(part.data.file, STORED_FIELDS)
        for encoded, is_alive in zip(values, part.alive.tolist(), strict=True):
            if is_alive:
                stored.add_encoded(encoded)
    return stored.sections()


def _merge_postings(
    name: str, field: FieldType, parts: Sequence[Part], scratch: SpillFolder
) -> Sections:
    sources = find_sources(name, parts)
    if not sources:
        # All parts are older than the field.
        return {}
    merged = merge_terms(sources)
    keeps_positions = bool(field.format and field.format.supports("positions"))
    builder = PostingsWriter(len(merged.terms), scratch, positions=keeps_positions)
    for tokens in _iter_tokens(len(merged.terms), sources, merged.own_lists):
        builder.add(tokens)
    sections = builder.sections(name)
    used = builder.used()
    terms = [merged.terms[at] for at in used.tolist()]
    if isinstance(field, ArabicText):
        families = pack_families(name, terms)
        of_merged = merge_display_forms(sources, merged)
        spellings = {
            at: of_merged[number]
            for at, number in enumerate(used.tolist())
            if number in of_merged
        }
        sections |= families
        sections |= pack_display_forms(name, families[f"{name}/lists"], spellings)
    else:
        sections |= pack_terms(f"{name}/terms", terms)
    if isinstance(field, Values):
        sections |= builder.column(name, sum(part.count for part in parts))
    elif field.scorable:
        lengths = [part.data.lengths(name) for part in parts]
        sections[f"{name}/lengths"] = _living(parts, lengths)
    return sections


def _iter_tokens(
    count: int, sources: Sequence[Source], own_lists: Sequence[Array]
) -> Iterator[Tokens]:
    """The sorted tokens of all living documents, a stretch of the lists at a time."""
    sizes = np.zeros(count, np.int64)
    for source, new in zip(sources, own_lists, strict=True):
        sizes[new] += source.field.total_term_freqs(range(new.size))
    for first, last in iter_stretches(sizes):
        pieces = []
        for source, new in zip(sources, own_lists, strict=True):
            # Of different analyzers: their lists may then be in another order.
            chosen = np.flatnonzero((new >= first) & (new < last))
            pieces.append(_living_tokens(source, chosen, new[chosen]))
        yield sort_tokens(*map(np.concatenate, zip(*pieces, strict=True)))


def _living_tokens(source: Source, lists: Array, new: Array) -> Tokens:
    """The tokens of *lists* in living documents, by their *new* lists and numbers."""
    part, field = source.part, source.field
    docs = field.docs(lists)
    alive = part.alive[docs]
    found = field.occurrences(lists).take(alive)
    owners = np.repeat(new, field.doc_freqs(lists))[alive]
    numbers = part.new_numbers[docs[alive]] + source.base
    places = (
        field.positions(found)
        if field.has_positions
        else np.zeros(int(found.freqs.sum()), np.int64)
    )
    return np.repeat(owners, found.freqs), np.repeat(numbers, found.freqs), places


def _living(parts: Sequence[Part], arrays: Sequence[Array | None]) -> Array:
    kept = [
        np.zeros(part.count, np.int64) if array is None else array[part.alive]
        for part, array in zip(parts, arrays, strict=True)
    ]
    return narrow(np.concatenate(kept))


def _merge_column(
    name: str, field: FieldType, parts: Sequence[Part]
) -> dict[str, Array]:
    """The column *name*, with the default for parts that are older than it."""
    column, default = field.column_type, field.column_type.default_value()
    if isinstance(column, NumericColumn):
        found = [part.data.numeric_doc_values(name) for part in parts]
        kind = np.dtype(column._typecode)
        return {
            f"{name}/numbers": np.concatenate(
                [
                    np.full(part.count, default, kind)
                    if numbers is None
                    else numbers[part.alive].astype(kind)
                    for part, numbers in zip(parts, found, strict=True)
                ]
            )
        }
    vocabulary, ordinals = Vocabulary(), []
    for part in parts:
        order = part.data.sorted_doc_values(name)
        living = order[0][part.alive] if order else np.zeros(part.count, int)
        values = list(order[1]) if order else [encode_value(default)]
        own = np.zeros(len(values), np.int64)
        for at in np.unique(living).tolist():
            own[at] = vocabulary[values[at]]
        ordinals.append(own[living])
    return pack_order(name, list(vocabulary), np.concatenate(ordinals))
