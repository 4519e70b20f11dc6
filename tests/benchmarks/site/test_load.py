"""Load by wrk."""

import shutil
from pathlib import Path

import pytest

from benchmarks.site.load import load
from benchmarks.site.serving import serving
from tests.installed import Installed


@pytest.mark.skipif(shutil.which("wrk") is None, reason="needs wrk")
class TestLoad:
    def test_pages_and_failures_are_counted(
        self, set_up: Installed, tmp_path: Path
    ) -> None:
        """One of the two addresses is not found."""
        shutil.copytree(set_up.data_dir, tmp_path / "data")
        with serving(
            tmp_path / "data",
            tmp_path / "log",
            SECRET_KEY="x" * 30 + "abcdefghijklmnopqrstuvwxyz",
            DATABASE_URL="",
        ) as served:
            figures = load(
                served.address, ["/healthz", "/no-page"], clients=2, seconds=1
            )
        assert figures.clients == 2
        assert figures.pages_a_second > 0
        assert 0 < figures.p50 <= figures.p95
        assert figures.failed > 0


class TestWithoutWrk:
    def test_missing_wrk_raises_with_the_remedy(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(RuntimeError, match="apt-get install wrk"):
            load("http://127.0.0.1:1", ["/"], clients=1, seconds=1)
