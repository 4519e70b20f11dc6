"""``manage.py analyze`` on words and on whatever else is given to it."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from search.arabic.analyzer import analyze

TEXT = "وبالكِتابِ، ١٩٤٨ والمدرسات"


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("analyze", *arguments, stdout=out)
    return out.getvalue()


def run_json(*arguments: str) -> list[dict[str, Any]]:
    tokens: list[dict[str, Any]] = json.loads(run("--json", *arguments))
    return tokens


class TestAnalyze:
    def test_each_line_is_a_token(self) -> None:
        names, *lines = run(TEXT).splitlines()
        assert names.split("\t") == ["offsets", "word", "form", "stem", "root"]
        assert [line.split("\t") for line in lines] == [
            ["0–10", "وبالكِتابِ", "وبالكِتابِ", "كتاب", "كتب"],
            ["12–16", "١٩٤٨", "1948", "1948", "1948"],
            ["17–26", "والمدرسات", "والمدرسات", "مدرس", "درس"],
        ]

    def test_json_has_what_the_analyzer_says(self) -> None:
        tokens = run_json(TEXT)
        assert [
            (one["start"], one["end"], one["surface"], one["stem"], one["root"])
            for one in tokens
        ] == [
            (one.start, one.end, one.surface, one.stem, one.root)
            for one in analyze(TEXT)
        ]
        assert all(TEXT[one["start"] : one["end"]] == one["word"] for one in tokens)

    def test_it_reads_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given = io.TextIOWrapper(io.BytesIO("كتاب \ufffd".encode() + b"\xff"), "utf-8")
        monkeypatch.setattr("sys.stdin", given)
        assert [one["word"] for one in run_json("-")] == ["كتاب"]

    @pytest.mark.parametrize("text", ["", "؟ !", "ـــ", "\ud800"])
    def test_a_text_without_words_has_no_token(self, text: str) -> None:
        assert run_json(text) == []
