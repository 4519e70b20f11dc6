"""A segment file that is damaged or of another format raises an error."""

from pathlib import Path

import numpy as np
import pytest
from django.utils.translation import override

from search.engines.whoosh.codec.segment_file import (
    FORMAT_VERSION,
    MAGIC,
    SegmentFile,
    write_segment_file,
)
from search.errors import IndexUnavailable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "one.segment"
    write_segment_file(path, {"documents": 1}, {"numbers": np.arange(100_000)})
    return path


class TestSegmentFile:
    @pytest.mark.parametrize("version", [FORMAT_VERSION - 1, FORMAT_VERSION + 1])
    def test_another_format_version_has_its_own_message(
        self, path: Path, version: int
    ) -> None:
        content = path.read_bytes()
        number = version.to_bytes(4, "little")
        path.write_bytes(MAGIC + number + content[len(MAGIC) + len(number) :])
        with override("en"), pytest.raises(IndexUnavailable, match="another version"):
            SegmentFile(path)

    @pytest.mark.parametrize("length", [0, 7, 20, 100, -1])
    def test_a_truncated_file_is_refused(self, path: Path, length: int) -> None:
        path.write_bytes(path.read_bytes()[:length])
        with override("en"), pytest.raises(IndexUnavailable, match=r"one\.segment"):
            SegmentFile(path).array("numbers")

    def test_an_altered_block_is_refused_when_it_is_read(self, path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
        numbers = SegmentFile(path).section("numbers")
        assert numbers.read(0, 10).tolist() == list(range(10))
        far = np.array([1, 50_000])
        assert numbers.take(far).tolist() == far.tolist()
        for at in (np.array([99_999]), np.array([3, 50_000, 99_999])):
            with pytest.raises(IndexUnavailable):
                numbers.take(at)
        with pytest.raises(IndexUnavailable):
            numbers.read(99_000, 100_000)

    def test_a_file_of_empty_sections_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "empty.segment"
        write_segment_file(path, {}, {"numbers": np.zeros(0, np.int64)})
        assert SegmentFile(path).array("numbers").tolist() == []
