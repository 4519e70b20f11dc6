"""The fuzzy table finds the same terms as comparing the word with each term."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.codec.fuzzy_table import WIDTH, FuzzyTable
from search.engines.whoosh.codec.segment_file import SegmentFile, write_segment_file
from search.engines.whoosh.codec.term_dict import TermDict, pack_terms
from tests.search.engines.whoosh.execution.oracle_model import edits as count_by_table

_WORDS = ("كاظمي", "الكاظمي", "كاضمي", "مكتب", "مكبت", "مكتبه", "قطار", "orient", "الى")
_LONG = "سيستخدمونهاالاستخداماتالمختلفه"


def _fuzzy_table(words: list[str]) -> FuzzyTable:
    terms = sorted({word.encode() for word in words})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "words.segment"
        write_segment_file(path, {}, pack_terms("words", terms))
        return FuzzyTable(TermDict(SegmentFile(path), "words"))


def _find(words: list[str], word: str, edits: int) -> list[str]:
    ordered = sorted(set(words), key=str.encode)
    found = _fuzzy_table(words).find_near(word, edits).tolist()
    assert found == sorted(found)
    return [ordered[at] for at in found]


def _near_by_hand(words: list[str], word: str, edits: int) -> list[str]:
    ordered = sorted(set(words), key=str.encode)
    return [one for one in ordered if count_by_table(one, word) <= edits]


def _words() -> st.SearchStrategy[str]:
    """Words of few letters, so that many are near, and some longer than ``WIDTH``."""
    # Among them letters of two scripts with equal low bytes and mask bits.
    letters = st.text("اتكظ\u0645\u0445e", min_size=1, max_size=7)
    long = st.builds(
        lambda cut, start, end: start + _LONG[:cut] + end,
        st.integers(WIDTH - 4, len(_LONG)),
        st.text("اس", max_size=2),
        st.text("اس", max_size=2),
    )
    return st.one_of(letters, letters, st.sampled_from(_WORDS), long)


class TestFindNear:
    @given(st.lists(_words(), max_size=25), _words(), st.integers(0, 2))
    def test_terms_are_those_found_by_comparing_each(
        self, words: list[str], word: str, edits: int
    ) -> None:
        assert _find(words, word, edits) == _near_by_hand(words, word, edits)

    @pytest.mark.parametrize("length", [WIDTH - 1, WIDTH, WIDTH + 1, WIDTH + 2])
    @pytest.mark.parametrize("more", [-2, -1, 0, 1, 2])
    @pytest.mark.parametrize("edits", [1, 2])
    def test_words_around_the_width_are_found(
        self, length: int, more: int, edits: int
    ) -> None:
        word, other = _LONG[:length], _LONG[: length + more]
        assert _find([other], word, edits) == ([other] if abs(more) <= edits else [])

    def test_an_empty_dictionary_has_no_near_terms(self) -> None:
        assert _find([], "كاظمي", 2) == []


@pytest.mark.parametrize("word", ["привет", "λόγος", "ٿارك"])
def test_letters_of_the_highest_mask_bit_are_compared(word: str) -> None:
    # The code points of п, ο and ٿ are 63 modulo 64: the highest bit of a mask.
    assert _find([word[:-1], word, "قطار"], word, 1) == [word[:-1], word]
