"""``start.py bench retrieval``: the report, the JSON, and the errors."""

import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.retrieval.report import LABEL_WIDTH
from benchmarks.retrieval.run import main
from tests.benchmarks.retrieval.small_collection import (
    DOCUMENTS,
    MRR,
    MRR_OF_LUCENE,
    SUCCESS_AT_1,
    SUCCESS_AT_10,
    lines,
)
from tests.forked import run_python

DISTRACTORS = [
    {"id": "x", "title": "قطاف الزيتون", "body": "ترميم جسر الملك، ترميم جسر الملك"},
    {"id": "y", "title": "متى بدأ قطاف الزيتون؟", "body": "نشرة"},
]


Run = Callable[..., str]
Figures = Callable[..., dict[str, Any]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command prints."""

    def run(*arguments: str) -> str:
        main(arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def figures(run: Run) -> Figures:
    """The JSON object that the command prints."""
    return lambda *arguments: json.loads(run(*arguments, "--json"))


class TestReport:
    def test_report_has_labels_and_figures(self, small: Path, run: Run) -> None:
        printed = run(str(small)).splitlines()
        rows = {line[:LABEL_WIDTH].strip(): line[LABEL_WIDTH:] for line in printed}
        assert rows["Collection"] == "small"
        assert rows["Documents"] == "8, of which 0 distractors"
        assert rows["Queries"] == "6, of which 1 found nothing"
        assert rows["Queries left out"] == "1 without a relevant document"
        assert rows["MRR@10"] == f"{MRR:.4f}"
        assert rows["success@1"] == f"{SUCCESS_AT_1:.4f}"
        assert rows["success@10"] == f"{SUCCESS_AT_10:.4f}"
        assert int(rows["Queries per second"]) > 0

    def test_report_names_the_analysis(self, small: Path, run: Run) -> None:
        assert "lucene" in run(str(small), "--analysis", "lucene")
        assert "lucene" not in run(str(small))


class TestJson:
    def test_json_has_every_figure(self, small: Path, figures: Figures) -> None:
        printed = figures(str(small))
        assert set(printed) == {
            *("collection", "analysis", "engine", "analyzer_version", "documents"),
            *("distractors", "queries", "unjudged", "unanswered", "mrr_at_10"),
            *("success_at_1", "success_at_10", "index_seconds", "query_seconds"),
            "queries_per_second",
        }
        assert printed["collection"] == "small"
        assert printed["mrr_at_10"] == pytest.approx(MRR, abs=1e-4)
        assert printed["success_at_1"] == pytest.approx(SUCCESS_AT_1, abs=1e-4)
        assert printed["success_at_10"] == pytest.approx(SUCCESS_AT_10, abs=1e-4)
        assert printed["engine"] == "WhooshBackend"
        assert (printed["documents"], printed["queries"]) == (len(DOCUMENTS), 6)
        assert printed["queries_per_second"] > 0

    def test_lucene_analysis_has_its_own_figures(
        self, small: Path, figures: Figures
    ) -> None:
        printed = figures(str(small), "--analysis", "lucene")
        assert printed["analysis"] == "lucene"
        assert printed["mrr_at_10"] == pytest.approx(MRR_OF_LUCENE, abs=1e-4)


class TestDistractors:
    @pytest.mark.parametrize("suffix", ["", ".gz"])
    def test_plain_and_gzipped_files_are_indexed(
        self, small: Path, tmp_path: Path, suffix: str, figures: Figures
    ) -> None:
        content = lines(DISTRACTORS).encode()
        path = tmp_path / f"more.jsonl{suffix}"
        path.write_bytes(gzip.compress(content) if suffix else content)
        printed = figures(str(small), "--distractors", str(path))
        assert (printed["documents"], printed["distractors"]) == (len(DOCUMENTS) + 2, 2)
        # One takes rank 2; the title of the other, were it indexed, a rank 1.
        expected = MRR - (1 / 2 - 1 / 3) / printed["queries"]
        assert printed["mrr_at_10"] == pytest.approx(expected, abs=1e-4)

    def test_hyphen_reads_standard_input(
        self, small: Path, monkeypatch: pytest.MonkeyPatch, figures: Figures
    ) -> None:
        content = io.BytesIO(lines(DISTRACTORS).encode())
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(content, encoding="ascii"))
        assert figures(str(small), "--distractors", "-")["distractors"] == 2


class TestErrors:
    def test_missing_folder_exits_with_a_sentence(self, tmp_path: Path) -> None:
        missing = tmp_path / "none"
        with pytest.raises(SystemExit) as caught:
            main([str(missing)])
        assert caught.value.code == f"There is no folder {missing}."

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (None, "cannot be read: No such file or directory."),
            ("{", "line 1: this is not a JSON object."),
            ('{"id": "olives", "body": "متن"}', "the id “olives” occurs twice."),
        ],
    )
    def test_bad_distractors_exit_with_a_sentence(
        self, small: Path, tmp_path: Path, content: str | None, sentence: str
    ) -> None:
        path = tmp_path / "more.jsonl"
        if content is not None:
            path.write_text(content, "utf-8")
        with pytest.raises(SystemExit) as caught:
            main([str(small), "--distractors", str(path)])
        assert str(caught.value.code).endswith(sentence)
        assert str(path) in str(caught.value.code)

    def test_unknown_analysis_is_refused(
        self, small: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as caught:
            main([str(small), "--analysis", "snowball"])
        assert caught.value.code == 2
        assert "--analysis" in capsys.readouterr().err


class TestModule:
    def test_it_sets_django_up_and_exits_with_1_on_errors(self, tmp_path: Path) -> None:
        environ = {
            **os.environ,
            "SIJILL_DATA_DIR": str(tmp_path),
            "SECRET_KEY": "x" * 60,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        done = run_python("-m", "benchmarks.retrieval", str(tmp_path), env=environ)
        assert done.returncode == 1
        assert done.stderr.endswith("docs.jsonl, queries.jsonl, qrels.tsv.\n")

    def test_help_shows_files_measures_and_examples(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            main(["--help"])
        printed = capsys.readouterr().out
        for word in ("docs.jsonl", "qrels.tsv", "MRR@10", "--distractors -", "status"):
            assert word in printed
