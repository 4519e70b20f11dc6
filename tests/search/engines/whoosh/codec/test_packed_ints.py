"""Numbers of any size come back as they were kept, whichever of them are read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import Array, narrow
from search.engines.whoosh.codec.chunks import ChunkedArray, split_chunks
from search.engines.whoosh.codec.packed_ints import (
    BitArray,
    BitSlicedArray,
    PatchedArray,
    pack_bit_sliced,
    pack_bits,
    pack_patched,
)
from search.engines.whoosh.codec.segment_file import SegmentFile, write_segment_file

# Around the ends of one, two and four bytes.
_EDGES = (0, 1, 254, 255, 256, 65_534, 65_535, 65_536, 2**32 - 1, 2**32, 2**40)


def _open(sections: dict[str, Array]) -> SegmentFile:
    """A segment file with these sections."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "numbers.segment"
        # A segment always has something in it.
        write_segment_file(path, {}, {"other": np.zeros(1), **sections})
        return SegmentFile(path)


def _cut(values: list[int]) -> ChunkedArray:
    """As few values a piece as there can be."""
    return split_chunks(np.array(values, np.int64), 8)


def _read(values: list[int], dtype: Any, spans: list[tuple[int, int]]) -> list[int]:
    """What is read of the spans."""
    sections = pack_patched("numbers", _cut(values), dtype)
    numbers = PatchedArray(_open(sections), "numbers")
    return [one for span in spans for one in numbers.read(*span).tolist()]


@st.composite
def _numbers_and_spans(
    draw: st.DrawFn,
) -> tuple[list[int], list[tuple[int, int]], list[int]]:
    """Numbers, spans of them, and ascending places in them."""
    number = st.one_of(st.integers(0, 300), st.sampled_from(_EDGES))
    values = draw(st.lists(number, min_size=1, max_size=40))
    end = st.integers(0, len(values))
    span = st.tuples(end, end).map(lambda ends: (min(ends), max(ends)))
    place = st.integers(0, len(values) - 1)
    return values, draw(st.lists(span, max_size=8)), sorted(draw(st.sets(place)))


_Made = tuple[list[int], list[tuple[int, int]], list[int]]


class TestNarrowArray:
    @given(_numbers_and_spans(), st.sampled_from([np.uint8, np.uint16]))
    def test_spans_and_places_are_those_of_the_values(
        self, made: _Made, dtype: Any
    ) -> None:
        values, spans, places = made
        sections = pack_patched(
            "numbers", split_chunks(narrow(np.array(values, np.int64))), dtype
        )
        numbers = PatchedArray(_open(sections), "numbers")
        for start, stop in spans:
            assert numbers.read(start, stop).tolist() == values[start:stop]
        taken = numbers.take(np.array(places, np.int64)).tolist()
        assert taken == [values[at] for at in places]
        fits = all(value <= np.iinfo(dtype).max for value in values)
        assert (len(sections) == 1) == fits

    @pytest.mark.parametrize("large", [256, 65_535, 2**40])
    def test_one_large_number_leaves_the_others_narrow(self, large: int) -> None:
        values = [1, large, 2, 3]
        sections = pack_patched("numbers", _cut(values), np.uint8)
        assert sections["numbers"].dtype == np.uint8
        assert sections["numbers/over_at"].tolist() == [1]
        assert _read(values, np.uint8, [(0, 4)]) == values
        assert _read(values, np.uint8, [(1, 2), (0, 2)]) == [large, 1, large]


class TestNumberArray:
    @given(_numbers_and_spans())
    def test_spans_and_places_are_those_of_the_values(self, made: _Made) -> None:
        values, spans, places = made
        numbers = BitSlicedArray(
            _open(pack_bit_sliced("docs", _cut(values), max(values))), "docs"
        )
        for start, stop in spans:
            assert numbers.read(start, stop).tolist() == values[start:stop]
        taken = numbers.take(np.array(places, np.int64)).tolist()
        assert taken == [values[at] for at in places]

    def test_bits_above_two_bytes_are_kept_apart(self) -> None:
        assert list(pack_bit_sliced("docs", _cut([65_535]), 65_535)) == ["docs"]
        assert len(pack_bit_sliced("docs", _cut([65_536]), 65_536)) == 2
        assert len(pack_bit_sliced("docs", _cut([2**20 - 1]), 2**20 - 1)) == 5


class TestBitArray:
    @given(_numbers_and_spans())
    def test_spans_and_places_are_those_of_the_truths(self, made: _Made) -> None:
        values, spans, places = made
        flags = [value % 2 for value in values]
        bits = BitArray(_open(pack_bits("flags", _cut(flags))), "flags")
        for start, stop in spans:
            assert bits.read(start, stop).tolist() == flags[start:stop]
        taken = bits.take(np.array(places, np.int64)).tolist()
        assert taken == [flags[at] for at in places]

    @given(_numbers_and_spans(), st.sampled_from([2, 300]))
    def test_each_truth_is_found_by_its_rank(
        self, made: _Made, one_false_in: int
    ) -> None:
        values, spans, ranks = made
        flags = [min(value % one_false_in, 1) for value in values]
        bits = BitArray(_open(pack_bits("flags", _cut(flags))), "flags")
        for start, stop in spans:
            if start == stop:
                continue
            places = [at for at in range(start, stop) if flags[at]]
            found = bits.select(start, stop, np.array(ranks, np.int64)).tolist()
            assert found == [[*places, *[stop] * 40][rank] for rank in ranks]

    @pytest.mark.parametrize("stop", [8, 16])
    @pytest.mark.parametrize("start", [0, 3, 7])
    def test_what_is_past_the_last_of_a_full_byte_is_at_the_end(
        self, start: int, stop: int
    ) -> None:
        bits = BitArray(_open(pack_bits("flags", _cut([1] * 24))), "flags")
        count = stop - start
        found = bits.select(start, stop, np.array([count - 1, count, count + 9]))
        assert found.tolist() == [stop - 1, stop, stop]
