"""Numbers of any size come back as they were kept, whichever spans are read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh.inversion import narrow
from search.engines.whoosh.narrow_arrays import NarrowArray, pack_narrow
from search.engines.whoosh.segment_file import SegmentFile, write_segment_file

# Around the ends of one, two and four bytes.
_EDGES = (0, 1, 254, 255, 256, 65_534, 65_535, 65_536, 2**32 - 1, 2**32, 2**40)


def _read(
    values: list[int], dtype: Any, spans: list[tuple[int, int]]
) -> tuple[list[int], bool]:
    """What is read of the spans, and whether all values fit the narrow type."""
    sections = pack_narrow("numbers", narrow(np.array(values, np.int64)), dtype)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "numbers.segment"
        # A segment always has something in it.
        write_segment_file(path, {}, {"other": np.zeros(1), **sections})
        numbers = NarrowArray(SegmentFile(path), "numbers")
    starts = np.array([start for start, _stop in spans], np.int64)
    stops = np.array([stop for _start, stop in spans], np.int64)
    return numbers.read(starts, stops).tolist(), len(sections) == 1


@st.composite
def _numbers_and_spans(
    draw: st.DrawFn,
) -> tuple[list[int], list[tuple[int, int]]]:
    number = st.one_of(st.integers(0, 300), st.sampled_from(_EDGES))
    values = draw(st.lists(number, max_size=40))
    end = st.integers(0, len(values))
    span = st.tuples(end, end).map(lambda ends: (min(ends), max(ends)))
    return values, draw(st.lists(span, max_size=8))


class TestRead:
    @settings(max_examples=400, deadline=None, derandomize=True)
    @given(_numbers_and_spans(), st.sampled_from([np.uint8, np.uint16]))
    def test_any_spans_in_any_order_are_those_of_the_values(
        self, made: tuple[list[int], list[tuple[int, int]]], dtype: Any
    ) -> None:
        values, spans = made
        expected = [value for start, stop in spans for value in values[start:stop]]
        found, is_narrow = _read(values, dtype, spans)
        assert found == expected
        assert is_narrow == all(value <= np.iinfo(dtype).max for value in values)

    @pytest.mark.parametrize("large", [256, 65_535, 2**40])
    def test_one_large_number_leaves_the_others_narrow(self, large: int) -> None:
        values = [1, large, 2, 3]
        sections = pack_narrow("numbers", np.array(values), np.uint8)
        assert sections["numbers"].dtype == np.uint8
        assert sections["numbers/over_at"].tolist() == [1]
        assert _read(values, np.uint8, [(0, 4)])[0] == values
        assert _read(values, np.uint8, [(1, 2), (0, 2)])[0] == [large, 1, large]
