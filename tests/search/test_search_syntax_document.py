"""docs/search-syntax.md: every example in it is executed."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from search.arabic.analyzer import surfaces
from search.engines.limits import MAX_SCANNING_TERMS
from search.errors import QuerySyntaxError
from search.highlight.highlighter import Highlighter
from search.query.parse import MAX_LENGTH, parse
from search.query.parser import MAX_DEPTH, MAX_WORDS
from search.query.render import render

_DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "search-syntax.md").read_text("utf-8")
# A row's cells, where \| is no border.
_CELL_RE = re.compile(r"(?<!\\)\|")


def _rows(heading: str) -> list[list[str]]:
    """The rows of the table under the heading, without its head."""
    section = _DOCUMENT.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [
        [cell.strip().strip("`") for cell in _CELL_RE.split(line)[1:-1]]
        for line in lines[2:]
    ]


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split("،")]


READ = [
    *_rows("Operators"),
    *_rows("How strictly a word matches"),
    *_rows("Parts of words and misspelled words"),
    *_rows("Fields"),
    *_rows("Dates"),
]
FOUND = _rows("What words find")
SLIPS = _rows("Limits and slips")


class TestDocument:
    def test_its_tables_are_found(self) -> None:
        assert (len(READ), len(FOUND), len(SLIPS)) == (84, 30, 25)

    @pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
    def test_a_query_is_read_as_it_says(self, row: list[str]) -> None:
        query, written, _meaning = row
        assert render(parse(query)) in (written, f"({written})")
        assert parse(written) == parse(query)

    @pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
    def test_other_spellings_are_read_alike(self, row: list[str]) -> None:
        query, _written, meaning = row
        name = re.match(r"[a-z]+(?=:)", query)
        for spelling in re.findall(r"`([^`]+):`", meaning):
            assert name
            other = query.replace(f"{name.group()}:", f"{spelling}:")
            assert parse(other) == parse(query)

    @pytest.mark.parametrize("row", FOUND, ids=lambda row: row[0])
    def test_a_word_finds_what_it_says(self, row: list[str]) -> None:
        query, finds, does_not = row
        marker = Highlighter(parse(query))
        assert [form for form in _words(finds) if not marker.find(form)] == []
        assert [form for form in _words(does_not) if marker.find(form)] == []

    @pytest.mark.parametrize("row", SLIPS, ids=lambda row: row[0])
    def test_a_slip_is_answered_as_it_says(self, row: list[str]) -> None:
        query, sentence, correction = row
        with translation.override("en"), pytest.raises(QuerySyntaxError) as caught:
            parse(query)
        with translation.override("en"):
            assert str(caught.value).startswith(sentence)
        assert caught.value.correction == correction

    def test_the_limits_are_those_of_the_code(self) -> None:
        limits = f"{MAX_LENGTH:,} characters, {MAX_WORDS} words and {MAX_DEPTH} paren"
        assert limits in _DOCUMENT
        assert f"At most {MAX_SCANNING_TERMS} of the words" in _DOCUMENT

    @pytest.mark.parametrize("word", ["1914-1918", "10:30", "L'Orient"])
    def test_what_it_calls_words_are_words(self, word: str) -> None:
        assert render(parse(word)) == word
        assert surfaces(word)
