"""Texts are tokenized into term ids as the analyzer tokenizes them."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.analyzer import surfaces
from search.arabic.tokenize import list_words
from search.engines.whoosh.writing import vocabulary
from search.engines.whoosh.writing.vocabulary import TermIds

ALPHABET = "اكتبةًّـءئەﷺﷲ٣3aéʿ‘’'-.,٬،«» \u200f\u200d\xa0\u2003\t\n"
TEXTS = st.lists(st.text(ALPHABET, max_size=40), max_size=6)


def _read(term_ids: TermIds, texts: list[str]) -> list[list[str]]:
    """The surface forms of the tokens of each of *texts*."""
    tokens, sizes = term_ids.tokenize(texts)
    term_ids.analyze_new()
    forms = [term_ids.records.surface(each).decode() for each in tokens.tolist()]
    return [[forms.pop(0) for _ in range(size)] for size in sizes.tolist()]


class TestTokenize:
    @given(TEXTS)
    def test_tokens_are_those_of_the_analyzer(self, texts: list[str]) -> None:
        assert _read(TermIds(), texts) == [surfaces(text) for text in texts]

    @given(TEXTS)
    def test_cached_chunks_give_the_same_tokens(self, texts: list[str]) -> None:
        term_ids = TermIds()
        first = _read(term_ids, texts)
        assert _read(term_ids, texts) == first

    def test_words_keep_their_ids_when_the_cache_is_cleared(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(vocabulary, "_MAX_CHUNKS", 2)
        term_ids = TermIds()
        texts = ["قال: «ثم» قال", "كتاب وقلم", "ثم، قال"]
        for _time in range(3):
            assert _read(term_ids, texts) == [surfaces(text) for text in texts]
        assert len(term_ids.records) == 4

    @pytest.mark.parametrize("letter", ["ا", "a", "3"])
    def test_no_word_contains_a_space_of_unicode(self, letter: str) -> None:
        spaces = [
            chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()
        ]
        assert len(spaces) > 20
        for space in spaces:
            assert list_words(f"{letter}{space}{letter}") == [letter, letter]


class TestIdsOf:
    @given(TEXTS, TEXTS)
    def test_words_of_another_process_get_the_ids_of_this_one(
        self, ours: list[str], theirs: list[str]
    ) -> None:
        term_ids, other = TermIds(), TermIds()
        term_ids.tokenize(ours)
        tokens, _sizes = other.tokenize(theirs)
        id_map = term_ids.ids_of(other.take_new())
        term_ids.analyze_new()
        forms = [
            term_ids.records.surface(id_map[token]).decode()
            for token in tokens.tolist()
        ]
        assert forms == [surface for text in theirs for surface in surfaces(text)]
        printed = {word for text in ours + theirs for word in list_words(text)}
        assert len(term_ids.records) == sum(bool(surfaces(word)) for word in printed)
