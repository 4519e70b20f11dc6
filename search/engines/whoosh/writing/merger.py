"""Merging segments into one, without deleted documents and without analysis.

``find_merges`` is the merge policy, ``merge_segments`` does the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.columns import NumericColumn
from whoosh.fields import FieldType, Schema

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.families import pack_families
from search.engines.whoosh.codec.segment_file import Sections, write_segment_file
from search.engines.whoosh.codec.stored_fields import STORED_FIELDS
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms
from search.engines.whoosh.schema import ArabicText, Values
from search.engines.whoosh.writing.inversion import (
    Tokens,
    partition_lists,
    sort_tokens,
)
from search.engines.whoosh.writing.other_fields import (
    StoredFieldsWriter,
    encode_column_value,
    pack_sorted_doc_values,
)
from search.engines.whoosh.writing.postings_writer import PostingsWriter, has_positions
from search.engines.whoosh.writing.segment_writer import segment_metadata
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.term_merger import (
    FieldSource,
    MergedTerms,
    MergeSource,
    find_fields,
    merge_terms,
)
from search.engines.whoosh.writing.vocabulary import Vocabulary

# A segment is merged with smaller ones that have at least 1/_MAX_RATIO of its documents
# together: so each document is rewritten O(log n) times in an archive of n documents.
_MAX_RATIO: Final = 2


def find_merges(sizes: Sequence[int], max_merge_docs: int | None) -> list[int]:
    """The indexes of the segments to merge, smallest first; ``[]`` for none.

    *sizes* are their numbers of documents. Segments of more than *max_merge_docs*
    documents are not merged.

    >>> find_merges([100_000, 3, 1, 1], None)
    [2, 3, 1]
    """
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    chosen: list[int] = []
    total = 0
    for at in order:
        is_too_large = max_merge_docs is not None and sizes[at] > max_merge_docs
        if is_too_large or (chosen and sizes[at] > _MAX_RATIO * total):
            break
        chosen.append(at)
        total += sizes[at]
    return chosen if len(chosen) > 1 else []


def merge_segments(schema: Schema, sources: Sequence[MergeSource], path: Path) -> int:
    """Write the live documents of *sources* to *path*; returns their number."""
    spill = SpillFolder(path.parent)
    n_docs = sum(source.num_docs for source in sources)
    sections: Sections = {}
    try:
        for name, field in schema.items():
            if field.indexed:
                sections.update(_merge_postings(name, field, sources, spill))
            if field.column_type:
                sections.update(_merge_doc_values(name, field, sources))
        sections.update(_merge_stored_fields(schema, sources, spill))
        metadata = segment_metadata(
            schema,
            n_docs,
            # The oldest, so that the index is known to be out of date.
            analyzer=min(source.analyzer for source in sources),
            lexicon=min(source.lexicon for source in sources),
        )
        write_segment_file(path, metadata, sections)
    finally:
        spill.close()
    return n_docs


def _merge_postings(
    name: str, field: FieldType, sources: Sequence[MergeSource], spill: SpillFolder
) -> Sections:
    """The postings of a field, with its terms and what goes by them."""
    fields = find_fields(name, sources)
    if not fields:
        # The field was declared after all of them were written.
        return {}
    merged = merge_terms(fields)
    writer = PostingsWriter(len(merged.terms), spill, positions=has_positions(field))
    for tokens in _iter_tokens(fields, merged):
        writer.add(tokens)
    sections = writer.sections(name)
    # Terms of deleted documents only have no posting list any more.
    used = writer.used_lists().tolist()
    terms = [merged.terms[posting_list] for posting_list in used]
    if isinstance(field, ArabicText):
        sections |= pack_families(name, terms)
    else:
        sections |= pack_terms(f"{name}/terms", terms)
    if isinstance(field, Values):
        n_docs = sum(source.num_docs for source in sources)
        sections |= writer.sorted_set_doc_values(name, n_docs)
    elif field.scorable:
        sections[f"{name}/lengths"] = _merge_lengths(name, sources)
    return sections


def _iter_tokens(
    fields: Sequence[FieldSource], merged: MergedTerms
) -> Iterator[Tokens]:
    """The tokens of all live documents, sorted; each posting list in one result."""
    sizes = np.zeros(len(merged.terms), np.int64)
    for source, list_map in zip(fields, merged.list_maps, strict=True):
        sizes[list_map] += source.field.total_term_freqs(range(list_map.size))
    for start, stop in partition_lists(sizes):
        parts = []
        for source, list_map in zip(fields, merged.list_maps, strict=True):
            # Not a range: the lists of different analyzers may be in different orders.
            lists = np.flatnonzero((list_map >= start) & (list_map < stop))
            parts.append(_read_tokens(source, lists, list_map[lists]))
        yield sort_tokens(*map(np.concatenate, zip(*parts, strict=True)))


def _read_tokens(source: FieldSource, lists: Array, merged_lists: Array) -> Tokens:
    """The tokens of *lists* in live documents, with merged lists and documents."""
    field, docs = source.field, source.field.docs(lists)
    is_live = source.source.live_docs[docs]
    occurrences = field.occurrences(lists).take(is_live)
    freqs = occurrences.freqs
    posting_lists = np.repeat(merged_lists, field.doc_freqs(lists))[is_live]
    merged_docs = source.source.doc_map[docs[is_live]] + source.doc_base
    positions = (
        field.positions(occurrences)
        if field.has_positions
        else np.zeros(int(freqs.sum()), np.int64)
    )
    return np.repeat(posting_lists, freqs), np.repeat(merged_docs, freqs), positions


def _merge_lengths(name: str, sources: Sequence[MergeSource]) -> Array:
    lengths = []
    for source in sources:
        of_source = source.reader.lengths(name)
        lengths.append(
            np.zeros(source.num_docs, np.int64)
            if of_source is None
            else of_source[source.live_docs]
        )
    return narrow(np.concatenate(lengths))


def _merge_doc_values(
    name: str, field: FieldType, sources: Sequence[MergeSource]
) -> dict[str, Array]:
    """The doc values of a field; segments that are older than it have its default."""
    column, default = field.column_type, field.column_type.default_value()
    if isinstance(column, NumericColumn):
        dtype = np.dtype(column._typecode)
        numbers = [
            np.full(source.num_docs, default, dtype)
            if (of_source := source.reader.numeric_doc_values(name)) is None
            else of_source[source.live_docs].astype(dtype)
            for source in sources
        ]
        return {f"{name}/numbers": np.concatenate(numbers)}
    vocabulary, value_ids = Vocabulary(), []
    for source in sources:
        sorted_values = source.reader.sorted_doc_values(name)
        if sorted_values:
            ordinals, values = (
                sorted_values[0][source.live_docs],
                list(sorted_values[1]),
            )
        else:
            ordinals = np.zeros(source.num_docs, int)
            values = [encode_column_value(default)]
        ids = np.zeros(len(values), np.int64)
        for ordinal in np.unique(ordinals).tolist():
            ids[ordinal] = vocabulary[values[ordinal]]
        value_ids.append(ids[ordinals])
    return pack_sorted_doc_values(name, list(vocabulary), np.concatenate(value_ids))


def _merge_stored_fields(
    schema: Schema, sources: Sequence[MergeSource], spill: SpillFolder
) -> Sections:
    writer = StoredFieldsWriter(schema, spill)
    for source in sources:
        documents = TermDict(source.reader.file, STORED_FIELDS)
        for encoded, is_live in zip(documents, source.live_docs.tolist(), strict=True):
            if is_live:
                writer.add_encoded(encoded)
    return writer.sections()
