"""Packed arrays return the packed values, by range and by indexes."""

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


def _chunks(values: list[int]) -> ChunkedArray:
    """*values* in the smallest chunks."""
    return split_chunks(np.array(values, np.int64), 8)


def _read(values: list[int], dtype: Any, spans: list[tuple[int, int]]) -> list[int]:
    """The values of all *spans* in a patched array."""
    sections = pack_patched("numbers", _chunks(values), dtype)
    numbers = PatchedArray(_open(sections), "numbers")
    return [value for span in spans for value in numbers.read(*span).tolist()]


@st.composite
def _numbers_and_spans(
    draw: st.DrawFn,
) -> tuple[list[int], list[tuple[int, int]], list[int]]:
    """Values, spans of them, and ascending indexes in them."""
    number = st.one_of(st.integers(0, 300), st.sampled_from(_EDGES))
    values = draw(st.lists(number, min_size=1, max_size=40))
    end = st.integers(0, len(values))
    span = st.tuples(end, end).map(lambda ends: (min(ends), max(ends)))
    index = st.integers(0, len(values) - 1)
    return values, draw(st.lists(span, max_size=8)), sorted(draw(st.sets(index)))


_Values = tuple[list[int], list[tuple[int, int]], list[int]]


class TestPatchedArray:
    @given(_numbers_and_spans(), st.sampled_from([np.uint8, np.uint16]))
    def test_read_and_take_return_the_values(self, drawn: _Values, dtype: Any) -> None:
        values, spans, indexes = drawn
        sections = pack_patched(
            "numbers", split_chunks(narrow(np.array(values, np.int64))), dtype
        )
        numbers = PatchedArray(_open(sections), "numbers")
        for start, stop in spans:
            assert numbers.read(start, stop).tolist() == values[start:stop]
        taken = numbers.take(np.array(indexes, np.int64)).tolist()
        assert taken == [values[at] for at in indexes]
        fits = all(value <= np.iinfo(dtype).max for value in values)
        assert (len(sections) == 1) == fits

    @pytest.mark.parametrize("large", [256, 65_535, 2**40])
    def test_one_large_value_is_patched(self, large: int) -> None:
        values = [1, large, 2, 3]
        sections = pack_patched("numbers", _chunks(values), np.uint8)
        assert sections["numbers"].dtype == np.uint8
        assert sections["numbers/over_at"].tolist() == [1]
        assert _read(values, np.uint8, [(0, 4)]) == values
        assert _read(values, np.uint8, [(1, 2), (0, 2)]) == [large, 1, large]


class TestBitSlicedArray:
    @given(_numbers_and_spans())
    def test_read_and_take_return_the_values(self, drawn: _Values) -> None:
        values, spans, indexes = drawn
        numbers = BitSlicedArray(
            _open(pack_bit_sliced("docs", _chunks(values), max(values))), "docs"
        )
        for start, stop in spans:
            assert numbers.read(start, stop).tolist() == values[start:stop]
        taken = numbers.take(np.array(indexes, np.int64)).tolist()
        assert taken == [values[at] for at in indexes]

    def test_each_bit_above_two_bytes_has_a_section(self) -> None:
        assert list(pack_bit_sliced("docs", _chunks([65_535]), 65_535)) == ["docs"]
        assert len(pack_bit_sliced("docs", _chunks([65_536]), 65_536)) == 2
        assert len(pack_bit_sliced("docs", _chunks([2**20 - 1]), 2**20 - 1)) == 5


class TestBitArray:
    @given(_numbers_and_spans())
    def test_read_and_take_return_the_flags(self, drawn: _Values) -> None:
        values, spans, indexes = drawn
        flags = [value % 2 for value in values]
        bits = BitArray(_open(pack_bits("flags", _chunks(flags))), "flags")
        for start, stop in spans:
            assert bits.read(start, stop).tolist() == flags[start:stop]
        taken = bits.take(np.array(indexes, np.int64)).tolist()
        assert taken == [flags[at] for at in indexes]

    @given(_numbers_and_spans(), st.sampled_from([2, 300]))
    def test_select_returns_the_indexes_of_ranks(
        self, drawn: _Values, one_false_in: int
    ) -> None:
        values, spans, ranks = drawn
        flags = [min(value % one_false_in, 1) for value in values]
        bits = BitArray(_open(pack_bits("flags", _chunks(flags))), "flags")
        for start, stop in spans:
            if start == stop:
                continue
            indexes = [at for at in range(start, stop) if flags[at]]
            found = bits.select(start, stop, np.array(ranks, np.int64)).tolist()
            assert found == [[*indexes, *[stop] * 40][rank] for rank in ranks]

    @pytest.mark.parametrize("stop", [8, 16])
    @pytest.mark.parametrize("start", [0, 3, 7])
    def test_a_rank_after_a_full_byte_selects_the_end(
        self, start: int, stop: int
    ) -> None:
        bits = BitArray(_open(pack_bits("flags", _chunks([1] * 24))), "flags")
        count = stop - start
        found = bits.select(start, stop, np.array([count - 1, count, count + 9]))
        assert found.tolist() == [stop - 1, stop, stop]
