"""``manage.py evaluate_retrieval``: the report, the JSON, and the refusals."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils.translation import override

from benchmarks.retrieval.report import LABEL_WIDTH
from search.management.commands.evaluate_retrieval import Command
from tests.benchmarks.retrieval.small_collection import (
    DOCUMENTS,
    MRR,
    MRR_OF_LUCENE,
    SUCCESS_AT_1,
    SUCCESS_AT_10,
    lines,
)

DISTRACTORS = [
    {"id": "x", "title": "قطاف الزيتون", "body": "ترميم جسر الملك، ترميم جسر الملك"},
    {"id": "y", "title": "متى بدأ قطاف الزيتون؟", "body": "نشرة"},
]


def _run(*arguments: str) -> str:
    out = io.StringIO()
    with override("en"):
        call_command("evaluate_retrieval", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def _json(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_run(*arguments, "--json"))
    return found


class TestReport:
    def test_it_prints_the_figures(self, small: Path) -> None:
        shown = _run(str(small)).splitlines()
        rows = {line[:LABEL_WIDTH].strip(): line[LABEL_WIDTH:] for line in shown}
        assert rows["Collection"] == "small"
        assert rows["Documents"] == "8, of which 0 distractors"
        assert rows["Queries"] == "6, of which 1 found nothing"
        assert rows["Queries left out"] == "1 without a relevant document"
        assert rows["MRR@10"] == f"{MRR:.4f}"
        assert rows["success@1"] == f"{SUCCESS_AT_1:.4f}"
        assert rows["success@10"] == f"{SUCCESS_AT_10:.4f}"
        assert int(rows["Queries per second"]) > 0

    def test_it_says_whose_analysis_it_is(self, small: Path) -> None:
        assert "lucene" in _run(str(small), "--analysis", "lucene")
        assert "lucene" not in _run(str(small))


class TestJson:
    def test_it_has_every_figure(self, small: Path) -> None:
        found = _json(str(small))
        assert found["collection"] == "small"
        assert found["mrr_at_10"] == pytest.approx(MRR, abs=1e-4)
        assert found["success_at_1"] == pytest.approx(SUCCESS_AT_1, abs=1e-4)
        assert found["success_at_10"] == pytest.approx(SUCCESS_AT_10, abs=1e-4)
        assert found["engine"] == "WhooshBackend"
        assert (found["documents"], found["queries"]) == (len(DOCUMENTS), 6)
        assert found["queries_per_second"] > 0
        assert set(found) >= {"analyzer_version", "index_seconds", "query_seconds"}

    def test_the_comparison_has_its_own(self, small: Path) -> None:
        found = _json(str(small), "--analysis", "lucene")
        assert found["analysis"] == "lucene"
        assert found["mrr_at_10"] == pytest.approx(MRR_OF_LUCENE, abs=1e-4)


class TestDistractors:
    @pytest.mark.parametrize("suffix", ["", ".gz"])
    def test_a_file_may_be_packed(
        self, small: Path, tmp_path: Path, suffix: str
    ) -> None:
        content = lines(DISTRACTORS).encode()
        path = tmp_path / f"more.jsonl{suffix}"
        path.write_bytes(gzip.compress(content) if suffix else content)
        found = _json(str(small), "--distractors", str(path))
        assert (found["documents"], found["distractors"]) == (len(DOCUMENTS) + 2, 2)
        # One takes the second place; the title of the other would take a first one.
        expected = MRR - (1 / 2 - 1 / 3) / found["queries"]
        assert found["mrr_at_10"] == pytest.approx(expected, abs=1e-4)

    def test_a_hyphen_is_the_standard_input(
        self, small: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        content = io.BytesIO(lines(DISTRACTORS).encode())
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(content, encoding="ascii"))
        assert _json(str(small), "--distractors", "-")["distractors"] == 2


class TestRefusals:
    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_a_missing_folder_ends_it_with_a_sentence(
        self, tmp_path: Path, language: str
    ) -> None:
        missing = tmp_path / "none"
        with override(language), pytest.raises(CommandError) as caught:
            call_command("evaluate_retrieval", str(missing))
        assert str(missing) in str(caught.value)
        assert caught.value.returncode == 1

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (None, "cannot be read: No such file or directory."),
            ("{", "line 1: this is not a JSON object."),
            ('{"id": "olives", "body": "متن"}', "the id “olives” occurs twice."),
        ],
    )
    def test_bad_distractors_end_it_with_a_sentence(
        self, small: Path, tmp_path: Path, content: str | None, sentence: str
    ) -> None:
        path = tmp_path / "more.jsonl"
        if content is not None:
            path.write_text(content, "utf-8")
        with pytest.raises(CommandError) as caught:
            _run(str(small), "--distractors", str(path))
        assert str(caught.value).endswith(sentence)
        assert str(path) in str(caught.value)

    def test_an_unknown_analysis_is_refused(self, small: Path) -> None:
        with pytest.raises(CommandError, match="analysis"):
            _run(str(small), "--analysis", "snowball")


class TestHelp:
    def test_it_shows_files_measures_and_examples(self) -> None:
        command: BaseCommand = Command()
        with override("en"):
            shown = command.create_parser(
                "manage.py", "evaluate_retrieval"
            ).format_help()
        for word in ("docs.jsonl", "qrels.tsv", "MRR@10", "--distractors -", "status"):
            assert word in shown
