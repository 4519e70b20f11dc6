"""Small limits, so that little data is spilled to files and sorted in runs."""

import pytest

from search.engines.whoosh.codec import chunks
from search.engines.whoosh.writing import inversion, spill


@pytest.fixture(params=[1, 2, 7, 500_000], ids="run-{}".format)
def run_tokens(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of few tokens, or one run of all tokens."""
    monkeypatch.setattr(inversion, "RUN_TOKENS", request.param)


@pytest.fixture
def tiny_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    """All buffers are in files, which are read in the smallest chunks."""
    monkeypatch.setattr(spill, "_MAX_MEMORY", 1)
    for module in (chunks, spill, inversion):
        monkeypatch.setattr(module, "CHUNK", 8)
