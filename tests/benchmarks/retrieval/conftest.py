"""The small test collection as files."""

from pathlib import Path

import pytest

from tests.benchmarks.retrieval.small_collection import write_collection


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of the small collection."""
    return write_collection(tmp_path / "small")
