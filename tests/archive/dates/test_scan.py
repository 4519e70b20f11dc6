"""The scanner and the fold of dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dates.scan import LexemeKind, fold, scan


class TestFold:
    @pytest.mark.parametrize(
        ("word", "same_as"),
        [
            pytest.param("آذَار", "اذار", id="madda and marks"),
            pytest.param("أبريل", "إبريل", id="hamza above and below"),
            pytest.param("يونية", "يونيه", id="teh marbuta and heh"),
            pytest.param("جمادي", "جمادى", id="yeh and alef maksura"),
            pytest.param("شبـــاط", "شباط", id="tatweel"),
            pytest.param("هـ", "ه", id="the mark of the Hijra"),
            pytest.param("فوریه", "فوريه", id="Persian yeh"),
            pytest.param("ﺷﺒﺎﻁ", "شباط", id="presentation forms"),
            pytest.param("الثلاثاء", "الثلاثا", id="hamza on the line"),
            pytest.param("AOÛT", "aout", id="accents and capitals"),
        ],
    )
    def test_spellings_of_one_word_fold_alike(self, word: str, same_as: str) -> None:
        assert fold(word) == fold(same_as)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("رجب", "رحب"), ("أيار", "آذار"), ("جوان", "جويلية"), ("محرم", "مجرم")],
    )
    def test_other_words_fold_differently(self, one: str, other: str) -> None:
        assert fold(one) != fold(other)

    @given(word=st.text())
    def test_fold_is_idempotent(self, word: str) -> None:
        assert fold(fold(word)) == fold(word)


class TestScan:
    def test_number_beside_a_word_is_a_lexeme(self) -> None:
        assert [lexeme.text for lexeme in scan("14فبراير2018م")] == [
            "14", "فبراير", "2018", "م",
        ]  # fmt: skip

    def test_direction_controls_and_joiners_are_dropped(self) -> None:
        text = "\u200f3\u200e شباط\u200c \u20672018\u2069"
        assert [lexeme.text for lexeme in scan(text)] == ["3", "شباط", "2018"]

    def test_superscript_is_a_sign(self) -> None:
        """A footnote mark must not turn 3 February into the 31st."""
        assert [lexeme.kind for lexeme in scan("3¹")] == [
            LexemeKind.NUMBER,
            LexemeKind.SIGN,
        ]

    def test_original_spelling_is_kept_beside_the_fold(self) -> None:
        lexeme = scan("آذَار")[0]
        assert (lexeme.text, lexeme.folded) == ("آذَار", "اذار")
