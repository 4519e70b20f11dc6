"""From text to tokens: what a word is, where it stands, and the laws of it."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.analyzer import Token, analyze, surfaces

# The text, the words as they stand in it, and why.
WORDS = [
    ("قالَ، ثُمَّ سكت.", ["قالَ", "ثُمَّ", "سكت"], "marks are of the word, stops are not"),
    ("«العـــراق»", ["العـــراق"], "quotation marks are not of the word"),
    ("الـBBC", ["الـ", "BBC"], "Latin letters begin a word of their own"),
    ("لـ15 دولة", ["لـ", "15", "دولة"], "so do digits"),
    ("سنة١٩٤٨", ["سنة", "١٩٤٨"], "and digits without a space"),
    ("1914-1918", ["1914", "1918"], "a hyphen parts numbers"),
    ("3,5 و3.5", ["3", "5", "و", "3", "5"], "so do decimal points"),
    ("L’Orient d'hier", ["L’Orient", "d'hier"], "an apostrophe joins"),
    ("'quoted'", ["quoted"], "unless it stands outside"),
    ("F16 B2B", ["F16", "B2B"], "letters and digits of one script join"),
    ("snake_case", ["snake", "case"], "an underscore parts"),
    ("عبد\u00a0الله", ["عبد", "الله"], "a hard space parts"),
    ("می\u200cروم", ["می\u200cروم"], "a zero-width joiner does not"),
    ("ـكتاب", ["كتاب"], "a tatweel before the word is not of it"),
    ("، . ! ؟ … ـ \u064e", [], "signs alone are no words"),
    ("Ελλάδα Москва 東京", ["Ελλάδα", "Москва", "東京"], "any script has words"),
    ("سطر\nسطر", ["سطر", "سطر"], "a line's end parts"),
]

_MARKS_AND_TATWEEL_RE = re.compile("[\u064b-\u0652\u0670\u0640]")
_MIXED = st.text(
    alphabet="ابتةىئؤأآﻻﷲ\u064e\u0651\u0654ـ aZé'’1٢۳½-.،«»\n\u200c\u200f\u00a0",
    max_size=40,
)


class TestAnalyze:
    @pytest.mark.parametrize(("text", "words", "why"), WORDS)
    def test_it_finds_the_words(self, text: str, words: list[str], why: str) -> None:
        assert [text[token.start : token.end] for token in analyze(text)] == words, why

    def test_it_counts_positions_without_gaps(self) -> None:
        tokens = analyze("قال ـ \u064e ثم … سكت")
        assert [token.position for token in tokens] == [0, 1, 2]

    def test_a_token_knows_its_family(self) -> None:
        assert analyze("وبالكِتابِ") == [Token("وبالكتاب", 0, 10, 0)]
        assert analyze("وبالكِتابِ")[0].stem == "كتاب"

    @given(st.one_of(st.text(), _MIXED))
    def test_offsets_cut_whole_words_of_the_original(self, text: str) -> None:
        end = 0
        for place, token in enumerate(analyze(text)):
            assert token.position == place
            assert end <= token.start < token.end
            end = token.end
            # The piece alone is that one word again.
            alone = analyze(text[token.start : token.end])
            assert [one.surface for one in alone] == [token.surface]

    @given(st.one_of(st.text(), _MIXED))
    def test_no_surface_is_empty_or_has_white_space(self, text: str) -> None:
        for surface in surfaces(text):
            assert surface
            assert not any(char.isspace() for char in surface)

    @given(st.one_of(st.text(), _MIXED))
    def test_surfaces_are_those_of_the_tokens(self, text: str) -> None:
        assert surfaces(text) == [token.surface for token in analyze(text)]

    @given(st.text(alphabet="ابتةىئؤأآﻻ\u064e\u0651\u0670ـ .،«»\n", max_size=40))
    def test_marks_and_tatweel_do_not_count(self, text: str) -> None:
        assert surfaces(_MARKS_AND_TATWEEL_RE.sub("", text)) == surfaces(text)

    @given(st.one_of(st.text(), _MIXED))
    def test_a_query_for_a_word_finds_the_word(self, text: str) -> None:
        """What is typed as it is printed has the form that the index holds."""
        for token in analyze(text):
            assert surfaces(f" {text[token.start : token.end]} ") == [token.surface]


class TestPackage:
    def test_it_works_without_django_and_haystack(self) -> None:
        program = (
            "import sys\n"
            "from search.arabic.analyzer import analyze\n"
            "assert analyze('وبالكتاب')[0].stem == 'كتاب'\n"
            "loaded = {name.split('.')[0] for name in sys.modules}\n"
            "assert not loaded & {'django', 'haystack', 'whoosh', 'numpy', 'archive'}\n"
        )
        subprocess.run([sys.executable, "-c", program], check=True)
