"""Marks piled on one letter: a minute's work for whoever brings them into order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.text import (
    MAX_COMBINING_MARKS,
    clean_line,
    clean_text,
    has_excess_marks,
)

MARKS = "ًَُِّْ"
# Without the direction mark between them the marks of one letter would be a thousand.
KEPT_APART = "ب" + ("َ" * 90 + "\N{RIGHT-TO-LEFT MARK}") * 1000


class TestPiledMarks:
    @pytest.mark.parametrize("clean", [clean_text, clean_line])
    def test_a_letter_keeps_a_hundred(self, clean) -> None:
        assert (
            len(clean("نهر ب" + "َ" * 200_000 + "ت"))
            == len("نهر بت") + MAX_COMBINING_MARKS
        )

    def test_a_name_keeps_no_more_where_controls_kept_them_apart(self) -> None:
        assert len(clean_line(KEPT_APART)) == 1 + MAX_COMBINING_MARKS

    def test_they_are_told_of(self) -> None:
        assert has_excess_marks("ب" + "َ" * 101)
        assert not has_excess_marks("ب" + "َ" * 100)
        assert not has_excess_marks("بَ" * 1000)

    @given(st.text(f"ب {MARKS}\n", max_size=400))
    def test_other_text_is_composed_as_ever(self, text: str) -> None:
        expected = unicodedata.normalize("NFC", text).strip()
        if not has_excess_marks(text):
            assert clean_text(text) == expected
        assert clean_text(clean_text(text)) == clean_text(text)
