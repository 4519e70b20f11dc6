"""Display forms: the letters as printed, without decoration."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.arabic.display_form import display_form
from search.arabic.normalize import fold
from search.arabic.tokenize import WORD_RE

SPELLINGS = [
    ("المُقـــاوَمة", "المقاومة", "no diacritics, no tatweel"),
    ("إِلَى", "إلى", "hamza and ى as printed"),
    ("شئون", "شئون", "no seat of a hamza is corrected"),
    ("مسو\u0654ول", "مسؤول", "a combining hamza is one with its letter"),
    ("ﺍﻟﻤﺮﻛﺐ", "المركب", "letters for presentation forms"),
    ("لﷲ", "لله", "words for one character"),
    ("رحمٰن", "رحمن", "no dagger alef"),
    ("اسو\u200cد", "اسود", "no invisible characters"),
    ("Évén", "Évén", "accents and capitals of Latin words"),
    ("L’Orient", "L’Orient", "an apostrophe"),
    ("١٩٤٨", "١٩٤٨", "digits as printed"),
    ("چاي", "چاي", "Persian letters"),
]


class TestDisplayForm:
    @pytest.mark.parametrize(("word", "expected", "why"), SPELLINGS)
    def test_word_is_displayed_as(self, word: str, expected: str, why: str) -> None:
        assert display_form(word) == expected, why

    @given(st.from_regex(WORD_RE, fullmatch=True))
    def test_surface_form_of_a_token_does_not_change(self, word: str) -> None:
        # Diacritics alone, such as U+FC5E, are a word of the tokenizer but no token.
        assume(fold(word))
        assert fold(display_form(word)) == fold(word)

    @given(st.from_regex(WORD_RE, fullmatch=True))
    def test_display_form_is_idempotent(self, word: str) -> None:
        assert display_form(display_form(word)) == display_form(word)

    def test_accents_parted_by_a_soft_hyphen_compose(self) -> None:
        once = display_form("0\u0315\xad\u0300")
        assert display_form(once) == once
