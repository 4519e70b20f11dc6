"""Texts cut at their spaces and numbered: the same words as the analyzer finds."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.analyzer import surfaces
from search.arabic.tokenize import WORD_RE
from search.engines.whoosh.writing import vocabulary
from search.engines.whoosh.writing.vocabulary import TermIds

ALPHABET = "اكتبةًّـءئ٣3aé’'-،«» \u200f\u200d\xa0\u2003\t\n"
TEXTS = st.lists(st.text(ALPHABET, max_size=40), max_size=6)


def _read(known: TermIds, texts: list[str]) -> list[list[str]]:
    """The surface forms of each of *texts*, by their numbers."""
    tokens, sizes = known.number(texts)
    known.describe_new()
    found = [known.known.surface(number).decode() for number in tokens.tolist()]
    return [[found.pop(0) for _ in range(size)] for size in sizes.tolist()]


class TestNumber:
    @given(TEXTS)
    def test_it_finds_what_the_analyzer_finds(self, texts: list[str]) -> None:
        assert _read(TermIds(), texts) == [surfaces(text) for text in texts]

    @given(TEXTS)
    def test_what_was_met_before_changes_nothing(self, texts: list[str]) -> None:
        known = TermIds()
        first = _read(known, texts)
        assert _read(known, texts) == first

    def test_forgotten_pieces_change_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(vocabulary, "_MOST_PIECES", 2)
        known = TermIds()
        texts = ["قال: «ثم» قال", "كتاب وقلم", "ثم، قال"]
        for _time in range(3):
            assert _read(known, texts) == [surfaces(text) for text in texts]
        assert len(known.known) == 4

    @pytest.mark.parametrize("letter", ["ا", "a", "3"])
    def test_no_word_goes_on_behind_a_space(self, letter: str) -> None:
        spaces = [
            chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()
        ]
        assert len(spaces) > 20
        for space in spaces:
            assert WORD_RE.findall(f"{letter}{space}{letter}") == [letter, letter]


class TestFind:
    @given(TEXTS, TEXTS)
    def test_words_that_others_met_are_the_same(
        self, ours: list[str], theirs: list[str]
    ) -> None:
        known, other = TermIds(), TermIds()
        known.number(ours)
        tokens, _sizes = other.number(theirs)
        numbers = known.find(other.take_new())
        known.describe_new()
        found = [
            known.known.surface(numbers[token]).decode() for token in tokens.tolist()
        ]
        assert found == [surface for text in theirs for surface in surfaces(text)]
        printed = {word for text in ours + theirs for word in WORD_RE.findall(text)}
        assert len(known.known) == sum(bool(surfaces(word)) for word in printed)
