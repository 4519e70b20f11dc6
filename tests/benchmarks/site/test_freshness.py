"""Latency from saving to finding, measured on the sample."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.forked import run_python
from tests.installed import Installed

pytestmark = pytest.mark.slow

ARTICLES = 3


def _run(data_dir: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environ = {
        **os.environ,
        "SIJILL_DATA_DIR": str(data_dir),
        "SECRET_KEY": "x" * 30 + "abcdefghijklmnopqrstuvwxyz",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return run_python(*command, env=environ)


@pytest.fixture
def empty(set_up: Installed, tmp_path: Path) -> Path:
    """A data directory without articles."""
    shutil.copytree(set_up.data_dir, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def data_dir(empty: Path) -> Path:
    """A data directory with the sample of articles in it."""
    done = _run(empty, "manage.py", "load_sample", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return empty


class TestFreshness:
    def test_every_saved_article_is_found_and_deleted(self, data_dir: Path) -> None:
        out = data_dir / "out.json"
        done = _run(
            data_dir, "-m", "benchmarks.site.freshness",
            "--articles", str(ARTICLES), "--json", str(out),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert f"of {ARTICLES} articles" in done.stdout
        figures = json.loads(out.read_text("utf-8"))
        assert len(figures["waits"]) == len(figures["saves"]) == ARTICLES
        assert all(wait > 0 for wait in figures["waits"])
        assert figures["pages"] > 0
        assert figures["seconds"] > 0
        compared = _run(data_dir, "manage.py", "reconcile_index", "--json")
        assert compared.returncode == 0, compared.stdout

    def test_empty_archive_exits_with_a_sentence(self, empty: Path) -> None:
        done = _run(empty, "-m", "benchmarks.site.freshness")
        assert done.returncode == 1
        assert "Import some articles first." in done.stderr
