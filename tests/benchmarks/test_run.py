"""The benchmark of all engines, on thirty articles."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.engines.worker import PEERS
from tests.benchmarks.data.test_questions import ARTICLES
from tests.sources import BASE_DIR

_QUESTIONS = 2


@pytest.mark.slow
@pytest.mark.skipif(
    find_spec("tantivy") is None, reason="needs tantivy (requirements-dev.txt)"
)
class TestRun:
    def test_all_engines_agree_on_totals_and_counts(self, tmp_path: Path) -> None:
        articles, out = tmp_path / "articles.jsonl", tmp_path / "out.json"
        lines = [
            json.dumps(
                {
                    "title": article.title,
                    "body": article.body,
                    "source": article.source,
                    "topics": ["أدب", "علم"][: 1 + article.number % 2],
                    "published": f"1923-01-{article.number:02}",
                }
            )
            for article in ARTICLES
        ]
        articles.write_text("\n".join(lines), "utf-8")
        done = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.run"),
                *("--articles", str(articles), "--size", str(len(lines))),
                *("--questions", str(_QUESTIONS), "--rounds", "1", "--cold", "1"),
                *("--json", str(out), "--keep", str(tmp_path / "cache")),
            ],
            cwd=BASE_DIR,
            env=os.environ
            | {"SIJILL_DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": "x" * 60}
            | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        report = json.loads(out.read_text("utf-8"))
        assert [peer["name"] for peer in report["peers"]] == list(PEERS)
        assert {
            (one["peer"], one["question"]["kind"]) for one in report["disagreements"]
        } <= {("haystack", "filtered")}
        assert "fts5 ÷ sijill" in done.stdout
