"""Cleaning of text: what is corrected, and what is kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.text import (
    MAX_COMBINING_MARKS,
    clean_line,
    clean_text,
    has_controls,
    has_excess_marks,
    has_surrogates,
    shorten,
    to_nfc,
)

UNTOUCHED = [
    ("كُتِبَ الكِتابُ", "vowel marks"),
    ("العربيـــة", "tatweel"),
    ("مسئول ومسؤول", "two spellings of one word"),
    ("١٢٣ و123", "digits of two sets"),
    ("سطر\n\nسطر آخر\tبعد جدولة", "paragraphs and tabs"),
    ("می‌خواهم", "a joiner that shapes a word"),
    ("«قال»، ثم: نعم؟", "Arabic punctuation"),
    ("لغة \u202bمضمّنة\u202c", "direction controls inside a text"),
]
PUT_RIGHT = [
    ("سطر\r\nآخر", "سطر\nآخر", "Windows line ends"),
    ("سطر\rآخر", "سطر\nآخر", "Macintosh line ends"),
    ("سطر\u2028آخر", "سطر\nآخر", "line separator"),
    ("حياض الوطن. \x1a\x1aمن", "حياض الوطن. من", "substitutes of old databases"),
    ("بغ\x00داد", "بغداد", "NUL"),
    ("\ufeffبغداد", "بغداد", "a byte order mark inside"),
    ("بغداد\ud83d", "بغداد\N{REPLACEMENT CHARACTER}", "half a surrogate pair"),
    ("ا\N{ARABIC HAMZA ABOVE}حمد", "أحمد", "hamza apart from its seat"),
    ("  بغداد \n", "بغداد", "blanks around"),
]
MARKS = "ًَُِّْ"
# Without the direction marks between them, one letter has 90,000 combining marks.
SEPARATED_MARKS = "ب" + ("َ" * 90 + "\N{RIGHT-TO-LEFT MARK}") * 1000


class TestCleanText:
    @pytest.mark.parametrize(("text", "why"), UNTOUCHED)
    def test_spelling_and_diacritics_are_kept(self, text: str, why: str) -> None:
        assert clean_text(text) == unicodedata.normalize("NFC", text), why

    @pytest.mark.parametrize(("text", "clean", "why"), PUT_RIGHT)
    def test_invalid_characters_are_corrected(
        self, text: str, clean: str, why: str
    ) -> None:
        assert clean_text(text) == clean, why

    @given(st.text(st.characters(codec=None)))
    def test_result_is_encodable_and_idempotent(self, text: str) -> None:
        clean = clean_text(text)
        clean.encode("utf-8")
        assert "\x00" not in clean
        assert clean_text(clean) == clean


class TestExcessMarks:
    @pytest.mark.parametrize("clean", [clean_text, clean_line])
    def test_letter_keeps_the_maximum(self, clean) -> None:
        assert (
            len(clean("نهر ب" + "َ" * 200_000 + "ت"))
            == len("نهر بت") + MAX_COMBINING_MARKS
        )

    def test_marks_separated_by_controls_are_limited_together(self) -> None:
        assert len(clean_line(SEPARATED_MARKS)) == 1 + MAX_COMBINING_MARKS

    def test_removal_is_reported(self) -> None:
        assert has_excess_marks("ب" + "َ" * 101)
        assert not has_excess_marks("ب" + "َ" * 100)
        assert not has_excess_marks("بَ" * 1000)

    @given(st.text(f"ب {MARKS}\n", max_size=400))
    def test_other_text_is_in_nfc(self, text: str) -> None:
        expected = unicodedata.normalize("NFC", text).strip()
        if not has_excess_marks(text):
            assert clean_text(text) == expected
        assert clean_text(clean_text(text)) == clean_text(text)


class TestToNfc:
    @given(st.text("اأشَُّـ\u0653\u0654\u0655 \n\u0301eعٍ"))
    def test_result_is_that_of_the_whole_text(self, text: str) -> None:
        assert to_nfc(text) == unicodedata.normalize("NFC", text)


class TestCleanLine:
    def test_result_is_one_line_without_direction_controls(self) -> None:
        assert (
            clean_line("\u202bمقدّمة\u202c\r\n ابن   خلدون\u200f") == "مقدّمة ابن خلدون"
        )

    def test_joiners_are_kept(self) -> None:
        assert clean_line("می‌خواهم") == "می‌خواهم"


class TestFaults:
    @pytest.mark.parametrize("control", ["\x00", "\x1a", "\x7f", "\x8f"])
    def test_controls_are_detected(self, control: str) -> None:
        assert has_controls(f"بغ{control}داد")

    def test_line_ends_and_tabs_are_not_controls(self) -> None:
        assert not has_controls("سطر\r\nسطر\tآخر\x85")

    def test_surrogates_are_detected(self) -> None:
        assert has_surrogates("\udcff")
        assert not has_surrogates("😀")


class TestShorten:
    def test_short_text_is_kept(self) -> None:
        assert shorten("بغداد", limit=5) == "بغداد"

    def test_text_is_cut_at_a_space(self) -> None:
        assert shorten("تاريخ الصحافة في العراق", limit=15) == "تاريخ الصحافة…"

    def test_long_word_is_cut_anywhere(self) -> None:
        assert shorten("ا" * 20, limit=10) == "ا" * 9 + "…"
