"""Text made fit to be stored, and everything that must stay as it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.text import (
    clean_line,
    clean_text,
    has_controls,
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


class TestCleanText:
    @pytest.mark.parametrize(("text", "why"), UNTOUCHED)
    def test_it_leaves_what_the_author_wrote(self, text: str, why: str) -> None:
        assert clean_text(text) == unicodedata.normalize("NFC", text), why

    @pytest.mark.parametrize(("text", "clean", "why"), PUT_RIGHT)
    def test_it_puts_right(self, text: str, clean: str, why: str) -> None:
        assert clean_text(text) == clean, why

    @given(st.text(st.characters(codec=None)))
    def test_it_can_be_encoded_and_changes_nothing_twice(self, text: str) -> None:
        clean = clean_text(text)
        clean.encode("utf-8")
        assert "\x00" not in clean
        assert clean_text(clean) == clean


class TestToNfc:
    @given(st.text("اأشَُّـ\u0653\u0654\u0655 \n\u0301eعٍ"))
    def test_words_one_by_one_give_what_the_whole_gives(self, text: str) -> None:
        assert to_nfc(text) == unicodedata.normalize("NFC", text)


class TestCleanLine:
    def test_it_is_one_line_without_direction_controls(self) -> None:
        assert (
            clean_line("\u202bمقدّمة\u202c\r\n ابن   خلدون\u200f") == "مقدّمة ابن خلدون"
        )

    def test_joiners_stay(self) -> None:
        assert clean_line("می‌خواهم") == "می‌خواهم"


class TestFaults:
    @pytest.mark.parametrize("control", ["\x00", "\x1a", "\x7f", "\x8f"])
    def test_controls_are_found(self, control: str) -> None:
        assert has_controls(f"بغ{control}داد")

    def test_line_ends_and_tabs_are_no_controls(self) -> None:
        assert not has_controls("سطر\r\nسطر\tآخر\x85")

    def test_surrogates_are_found(self) -> None:
        assert has_surrogates("\udcff")
        assert not has_surrogates("😀")


class TestShorten:
    def test_it_keeps_what_fits(self) -> None:
        assert shorten("بغداد", limit=5) == "بغداد"

    def test_it_cuts_at_a_blank(self) -> None:
        assert shorten("تاريخ الصحافة في العراق", limit=15) == "تاريخ الصحافة…"

    def test_a_single_long_word_is_cut_anywhere(self) -> None:
        assert shorten("ا" * 20, limit=10) == "ا" * 9 + "…"
