"""The report file in both formats."""

import csv
import json
from pathlib import Path

import pytest

from archive.importing.problems import FileUnreadable, Note, Problem, Severity
from archive.importing.report import COLUMNS, ReportFile

PROBLEMS = [
    Problem(2, "=1+1", Severity.REFUSED, Note("empty")),
    Problem(7, "a\ud83d", Severity.WARNING, Note("bad_url", "url", {"piece": "بغداد"})),
]


def write(path: Path) -> None:
    with ReportFile(path) as report:
        for problem in PROBLEMS:
            report.add(problem)


class TestReportFile:
    def test_csv_opens_in_a_spreadsheet(self, tmp_path: Path) -> None:
        path = tmp_path / "report.csv"
        write(path)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert list(rows[0]) == list(COLUMNS)
        assert rows[0]["external_id"] == "'=1+1"
        assert rows[1]["message"] == "“بغداد” is not a web address and was left out."

    def test_lines_are_json(self, tmp_path: Path) -> None:
        path = tmp_path / "report.jsonl"
        write(path)
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert [row["line"] for row in rows] == [2, 7]
        assert [row["severity"] for row in rows] == ["refused", "warning"]
        assert rows[0]["external_id"] == "=1+1"

    def test_without_a_path_nothing_is_written(self) -> None:
        with ReportFile(None) as report:
            report.add(PROBLEMS[0])

    def test_unwritable_path_is_named(self, tmp_path: Path) -> None:
        with (
            pytest.raises(FileUnreadable, match="nowhere"),
            ReportFile(tmp_path / "nowhere" / "report.csv"),
        ):
            pass
