"""Analysis: which words a text has, their offsets and positions, and laws of both."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic import letters as l
from search.arabic.analyzer import Token, analyze, spans, surfaces

# Text, its words as printed, and why.
WORDS = [
    (
        "قالَ، ثُمَّ سكت.",
        ["قالَ", "ثُمَّ", "سكت"],
        "diacritics belong to the word, stops do not",
    ),
    ("«العـــراق»", ["العـــراق"], "quotation marks are not part of the word"),
    ("الـBBC", ["الـ", "BBC"], "a change of script parts"),
    ("لـ15 دولة", ["لـ", "15", "دولة"], "so does one to digits"),
    ("سنة١٩٤٨", ["سنة", "١٩٤٨"], "without a space, too"),
    ("1914-1918", ["1914", "1918"], "a hyphen parts numbers"),
    ("3,5 و3.5 ١٫٥", ["3,5", "و", "3.5", "١٫٥"], "a decimal point does not"),
    ("1,000 ١٬٠٠٠ 1.000.000,5", ["1,000", "١٬٠٠٠", "1.000.000,5"], "nor do thousands"),
    ("في 1,000.", ["في", "1,000"], "a stop behind a number does"),
    ("1/5/1958 1.5.1958", ["1", "5", "1958"] * 2, "dates are three numbers"),
    ("1958,1962 1,2,3", ["1958", "1962", "1", "2", "3"], "a list is several"),
    ("10:30 2.1.0", ["10", "30", "2", "1", "0"], "so are hours and versions"),
    ("L’Orient d'hier", ["L’Orient", "d'hier"], "an apostrophe between letters joins"),
    ("Ma‘rifa Qur`an", ["Ma‘rifa", "Qur`an"], "so does a sign of hamza or ayn"),
    ("ʿAbd al-ʿAzīz", ["ʿAbd", "al", "ʿAzīz"], "a half ring begins a word"),
    ("‘Abd Diyāʾ ʿ", ["Abd", "Diyāʾ"], "a quotation mark does not"),
    ("'quoted'", ["quoted"], "an apostrophe at the edge does not"),
    ("F16 F-16", ["F", "16", "F", "16"], "digits part from letters of any script"),
    ("COVID19 5kg m²", ["COVID", "19", "5", "kg", "m", "²"], "on both sides"),
    ("U.S.A. و U.N", ["U.S.A", "و", "U.N"], "dots between single letters join"),
    (
        "J.K.Rowling example.org",
        ["J.K", "Rowling", "example", "org"],
        "not between words",
    ),
    ("م.ت.ف", ["م", "ت", "ف"], "Arabic letters are printed apart as well"),
    ("snake_case", ["snake", "case"], "an underscore parts"),
    ("عبد\u00a0الله", ["عبد", "الله"], "a hard space parts"),
    ("می\u200cروم", ["می\u200cروم"], "a zero-width joiner does not"),
    ("ـكتاب", ["كتاب"], "a tatweel before the word is not part of it"),
    ("، . ! ؟ … ـ \u064e", [], "a run without letters and digits is no word"),
    ("Ελλάδα Москва 東京", ["Ελλάδα", "Москва", "東京"], "any script has words"),
    (
        "عبدﷲ وﷴ ﷲُ",
        ["عبدﷲ", "عبدﷲ", "وﷴ", "ﷲُ"],
        "one character ends a word, a name has two",
    ),
    ("ﷳﷲ", ["ﷳ", "ﷲ"], "and two of them are two"),
    ("محمدﷺ", ["محمد", *["ﷺ"] * 4], "a character for several words is all of them"),
    ("500﷼", ["500", "﷼"], "and one that is no letter is a word too"),
    ("سطر\nسطر", ["سطر", "سطر"], "a line's end parts"),
]

_DIACRITICS_AND_TATWEEL_RE = re.compile("[\u064b-\u0652\u0640]")
_MIXED = st.text(
    alphabet="ابتةىئؤأآﻻﷲﷺ﷼\u064e\u0651\u0654ـ aZé'’ʿ‘`1٢۳½²-./,٬٫،«»"
    "\n\u200c\u200f\u00a0",
    max_size=40,
)


class TestAnalyze:
    @pytest.mark.parametrize(("text", "words", "why"), WORDS)
    def test_words_have_these_bounds(
        self, text: str, words: list[str], why: str
    ) -> None:
        assert [text[token.start : token.end] for token in analyze(text)] == words, why

    def test_positions_count_tokens_only(self) -> None:
        tokens = analyze("قال ـ \u064e ثم … سكت")
        assert [token.position for token in tokens] == [0, 1, 2]

    def test_token_has_its_surface_form(self) -> None:
        assert analyze("وبالكِتابِ") == [Token("وبالكتاب", 0, 10, 0, "وبالكِتابِ")]

    @given(st.one_of(st.text(), _MIXED))
    def test_offsets_are_of_whole_words_in_the_text(self, text: str) -> None:
        start, end = 0, 0
        for position, token in enumerate(analyze(text)):
            assert token.position == position
            # Words of one ligature have its span; all others are apart.
            assert end <= token.start < token.end or (start, end) == (
                token.start,
                token.end,
            )
            start, end = token.start, token.end
            # Analyzed by itself, the word is the same token.
            assert token.surface in surfaces(text[start:end])
            assert surfaces(token.printed) == [token.surface]

    @given(st.one_of(st.text(), _MIXED))
    def test_surface_forms_are_not_empty_and_have_no_white_space(
        self, text: str
    ) -> None:
        for surface in surfaces(text):
            assert surface
            assert not any(char.isspace() for char in surface)

    @given(st.one_of(st.text(), _MIXED))
    def test_surfaces_equal_those_of_analyze(self, text: str) -> None:
        assert surfaces(text) == [token.surface for token in analyze(text)]

    @given(st.text(alphabet="ابتةىئؤأآﻻ\u064e\u0651ـ .،«»\n", max_size=40))
    def test_diacritics_and_tatweel_do_not_count(self, text: str) -> None:
        assert surfaces(_DIACRITICS_AND_TATWEEL_RE.sub("", text)) == surfaces(text)

    @given(st.one_of(st.text(), _MIXED))
    def test_printed_word_has_the_surface_form_of_its_token(self, text: str) -> None:
        """A word typed as it is printed is looked up by the term of the index."""
        for token in analyze(text):
            assert surfaces(f" {token.printed} ") == [token.surface]


class TestLigatures:
    @pytest.mark.parametrize("char", l.PHRASE_LIGATURES)
    def test_ligature_has_the_tokens_of_its_words(self, char: str) -> None:
        words = l.PHRASE_LIGATURES[char]
        assert surfaces(f"قال{char}ثم") == ["قال", *surfaces(words), "ثم"]
        assert [token.printed for token in analyze(char)] == words.split()

    def test_positions_count_each_word_of_a_ligature(self) -> None:
        tokens = analyze("قال ﷻ ثم")
        assert [token.position for token in tokens] == [0, 1, 2, 3]
        assert spans("قال ﷻ ثم") == [(0, 3), (4, 5), (4, 5), (6, 8)]


class TestPackage:
    def test_analyzer_imports_no_framework(self) -> None:
        program = (
            "import sys\n"
            "from search.arabic.analyzer import analyze\n"
            "assert analyze('وبالكتاب')[0].surface == 'وبالكتاب'\n"
            "loaded = {name.split('.')[0] for name in sys.modules}\n"
            "assert not loaded & {'django', 'haystack', 'whoosh', 'numpy', 'archive'}\n"
        )
        subprocess.run([sys.executable, "-c", program], check=True)
