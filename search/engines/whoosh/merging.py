"""Several segments into one, without their deleted documents and without analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.fields import FieldType, Schema

from search.engines.whoosh.builder import build_column, build_facts
from search.engines.whoosh.field_postings import FieldPostings
from search.engines.whoosh.groups import join_form, pack_groups, split_form
from search.engines.whoosh.inversion import Tokens, iter_stretches, narrow, sort_tokens
from search.engines.whoosh.lexicon import Lexicon, pack_strings, pack_terms
from search.engines.whoosh.postings_builder import PostingsBuilder
from search.engines.whoosh.schema import ArabicText, Values
from search.engines.whoosh.segment import SegmentData
from search.engines.whoosh.segment_file import Array, write_segment_file
from search.engines.whoosh.spellings import choose_spellings, pack_spellings

# A segment is merged into those that are together at least this share of its size:
# each document is then rewritten a number of times logarithmic in the archive's size.
_GROWTH: Final = 2


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
        values = list(Lexicon(part.data.file, "stored"))
        stored.extend(values[docnum] for docnum in np.flatnonzero(part.alive).tolist())
    sections.update(pack_strings("stored", stored))
    oldest = min(part.data.file.facts["analyzer"] for part in parts)
    write_segment_file(path, build_facts(schema, count, oldest), sections)
    return count


def _merge_postings(
    name: str, field: FieldType, parts: Sequence[Part], count: int
) -> dict[str, Array]:
    sources = _find_sources(name, parts)
    if not sources:
        # All parts are older than the field.
        return {}
    terms, own_lists = _merge_lexicons(sources)
    keeps_positions = bool(field.format and field.format.supports("positions"))
    builder = PostingsBuilder(len(terms), positions=keeps_positions)
    for tokens in _iter_tokens(len(terms), sources, own_lists):
        builder.add(tokens)
    sections = builder.sections(name)
    used = [terms[at] for at in builder.used()]
    if isinstance(field, ArabicText):
        sections |= pack_groups(name, used)
        surfaces = sorted(split_form(form)[-1] for form in used)
        sections |= pack_spellings(name, surfaces, _merge_spellings(sources))
    else:
        sections |= pack_terms(f"{name}/terms", used)
    if isinstance(field, Values):
        sections |= builder.column(name, count)
    elif field.scorable:
        lengths = [part.data.lengths(name) for part in parts]
        sections[f"{name}/lengths"] = _living(parts, lengths)
    return sections


@dataclass(frozen=True)
class _Source:
    """A field of a part; ``base`` is the new number of the part's first document."""

    part: Part
    field: FieldPostings
    base: int


def _find_sources(name: str, parts: Sequence[Part]) -> list[_Source]:
    sources: list[_Source] = []
    base = 0
    for part in parts:
        found = part.data.field(name)
        if found:
            sources.append(_Source(part, found, base))
        base += int(part.alive.sum())
    return sources


def _merge_lexicons(sources: Sequence[_Source]) -> tuple[list[Any], list[Array]]:
    """All terms in the order of posting lists, and the new lists of each source's.

    Terms are joined forms where the field has families, otherwise bytes.
    """
    of_sources = [_list_terms(source.field) for source in sources]
    if any(source.field.has_families for source in sources):
        of_sources = _agree(of_sources)
    terms = sorted(set().union(*of_sources))
    number = dict(zip(terms, range(len(terms)), strict=True))
    return terms, [
        np.fromiter(map(number.__getitem__, own), np.int64, len(own))
        for own in of_sources
    ]


def _list_terms(field: FieldPostings) -> list[Any]:
    """The terms of a field in the order of its posting lists."""
    terms = list(field.terms)
    if not field.has_families:
        return terms
    ordinals = field.ordinals_of(range(len(terms)))
    return field.groups.forms([terms[at] for at in ordinals.tolist()])


def _agree(of_sources: Sequence[Sequence[str]]) -> list[list[str]]:
    """The forms with one stem for each surface and one root for each stem.

    Segments of another version of the analyzer may tell others: the last one is right.
    """
    stems: dict[str, str] = {}
    roots: dict[str, str] = {}
    for form in chain.from_iterable(of_sources):
        root, stem, surface = split_form(form)
        stems[surface], roots[stem] = stem, root
    return [
        [
            join_form(roots[stem], stem, surface)
            for surface in (split_form(form)[-1] for form in forms)
            for stem in (stems[surface],)
        ]
        for forms in of_sources
    ]


def _merge_spellings(sources: Sequence[_Source]) -> dict[str, str]:
    """The commonest spelling of each surface form, as far as the parts know."""
    return choose_spellings(
        (term.decode(), spelling, count)
        for source in sources
        for term, spelling, count in zip(
            source.field.terms,
            source.field.spellings,
            _count_tokens(source.field),
            strict=True,
        )
    )


def _count_tokens(field: FieldPostings) -> list[int]:
    """The tokens of each term, by ordinal."""
    counts = np.empty(len(field.terms), np.int64)
    lists = range(len(field.terms))
    counts[field.ordinals_of(lists)] = field.token_counts(lists)
    return counts.tolist()


def _iter_tokens(
    count: int, sources: Sequence[_Source], own_lists: Sequence[Array]
) -> Iterator[Tokens]:
    """The sorted tokens of all living documents, a stretch of the lists at a time."""
    sizes = np.zeros(count, np.int64)
    for source, new in zip(sources, own_lists, strict=True):
        sizes[new] += source.field.token_counts(range(new.size))
    for first, last in iter_stretches(sizes):
        pieces = []
        for source, new in zip(sources, own_lists, strict=True):
            # Of different analyzers: their lists may then be in another order.
            chosen = np.flatnonzero((new >= first) & (new < last))
            pieces.append(_living_tokens(source, chosen, new[chosen]))
        yield sort_tokens(*map(np.concatenate, zip(*pieces, strict=True)))


def _living_tokens(source: _Source, lists: Array, new: Array) -> Tokens:
    """The tokens of *lists* in living documents, by their *new* lists and numbers."""
    part, field = source.part, source.field
    docs = field.docs(lists)
    alive = part.alive[docs]
    found = field.occurrences(lists).take(alive)
    owners = np.repeat(new, field.document_counts(lists))[alive]
    numbers = part.new_numbers[docs[alive]] + source.base
    places = (
        field.positions(found)
        if field.has_positions
        else np.zeros(int(found.freqs.sum()), np.int64)
    )
    return np.repeat(owners, found.freqs), np.repeat(numbers, found.freqs), places


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
