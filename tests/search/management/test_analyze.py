"""``manage.py analyze``: tokens as text and as JSON."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from search.arabic.analyzer import analyze
from search.arabic.families import base_of, family, vowels_of

TEXT = "وبالكِتابِ، ١٩٤٨ والمدرسات"

# With the shadda before its vowel, as the lexicon has it.
_TEACHER = vowels_of("مدرس")[:1]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("analyze", *arguments, stdout=out)
    return out.getvalue()


def run_json(*arguments: str) -> list[dict[str, Any]]:
    tokens: list[dict[str, Any]] = json.loads(run("--json", *arguments))
    return tokens


class TestAnalyze:
    def test_text_has_a_line_for_each_token(self) -> None:
        names, *lines = run(TEXT).splitlines()
        assert names.split("\t") == ["offsets", "word", "form", "lemmas", "roots"]
        assert [line.split("\t") for line in lines] == [
            ["0–10", "وبالكِتابِ", "وبالكِتابِ", "كِتَاب", "كتب"],
            ["12–16", "١٩٤٨", "1948", "1948", "1948"],
            ["17–26", "والمدرسات", "والمدرسات", *_TEACHER, "درس"],
        ]

    def test_json_equals_the_analyzer(self) -> None:
        names = ("start", "end", "surface")
        tokens = run_json(TEXT)
        assert [[token[name] for name in names] for token in tokens] == [
            [getattr(token, name) for name in names] for token in analyze(TEXT)
        ]
        for token in tokens:
            assert token["lemmas"] == list(vowels_of(token["surface"]))
            assert token["roots"] == [
                base_of(root) for root in family(token["surface"]).roots
            ]
        assert all(
            TEXT[token["start"] : token["end"]] == token["word"] for token in tokens
        )

    def test_dash_reads_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given = io.TextIOWrapper(io.BytesIO("كتاب \ufffd".encode() + b"\xff"), "utf-8")
        monkeypatch.setattr("sys.stdin", given)
        assert [token["word"] for token in run_json("-")] == ["كتاب"]

    @pytest.mark.parametrize("text", ["", "؟ !", "ـــ", "\ud800"])
    def test_text_without_words_has_no_tokens(self, text: str) -> None:
        assert run_json(text) == []
