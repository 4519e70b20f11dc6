"""Pages asked for by wrk."""

import shutil
from pathlib import Path

import pytest

from benchmarks.site.load import load
from benchmarks.site.serving import serving


@pytest.mark.skipif(shutil.which("wrk") is None, reason="needs wrk")
class TestLoad:
    def test_pages_are_counted_and_those_that_fail_too(self, tmp_path: Path) -> None:
        """Of the two addresses one is no page."""
        (tmp_path / "data").mkdir()
        with serving(
            tmp_path / "data",
            tmp_path / "log",
            SECRET_KEY="x" * 30 + "abcdefghijklmnopqrstuvwxyz",
            DATABASE_URL="",
        ) as served:
            found = load(served.address, ["/healthz", "/no-page"], clients=2, seconds=2)
        assert found.clients == 2
        assert found.pages_a_second > 0
        assert 0 < found.p50 <= found.p95
        assert found.failed > 0


class TestWithoutWrk:
    def test_it_says_how_to_get_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(RuntimeError, match="apt-get install wrk"):
            load("http://127.0.0.1:1", ["/"], clients=1, seconds=1)
