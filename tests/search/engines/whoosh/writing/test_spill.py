"""A spill buffer holds what was appended, in memory or in a file without a name."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.writing.spill import SpillFolder
from tests.search.engines.whoosh.writing.open_files import open_files


class TestSpillBuffer:
    @given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=30), max_size=8))
    def test_it_holds_what_was_appended(self, batches: list[list[int]]) -> None:
        folder = SpillFolder()
        buffer, expected = folder.new_buffer(np.uint32), []
        for batch in batches:
            buffer.append(np.array(batch, np.int64))
            expected += batch
            # Reading does not change where the next values are appended.
            assert buffer.read(0, len(batch)).tolist() == expected[: len(batch)]
        assert buffer.chunks().join().tolist() == expected
        folder.close()

    @pytest.mark.usefixtures("tiny_buffers")
    def test_its_file_has_no_name(self, tmp_path: Path) -> None:
        folder = SpillFolder(tmp_path)
        buffer = folder.new_buffer(np.uint32)
        buffer.append(np.arange(1000))
        assert not list(tmp_path.iterdir())
        assert any(path.parent == tmp_path for path in open_files())
        assert buffer.chunks().join().tolist() == list(range(1000))
        folder.close()
