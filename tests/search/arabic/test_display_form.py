"""How words are shown: the printed letters, without what only adorns them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.display_form import display_form
from search.arabic.normalize import fold
from search.arabic.tokenize import WORD_RE

SPELLINGS = [
    ("المُقـــاوَمة", "المقاومة", "neither marks nor tatweel"),
    ("إِلَى", "إلى", "hamza and ى as printed"),
    ("شئون", "شئون", "no seat is put right"),
    ("مسو\u0654ول", "مسؤول", "a hamza of its own is one with its letter"),
    ("ﺍﻟﻤﺮﻛﺐ", "المركب", "letters for glyphs"),
    ("رحمٰن", "رحمن", "no small alef"),
    ("اسو\u200cد", "اسود", "nothing invisible"),
    ("Évén", "Évén", "accents and capitals of Latin words"),
    ("L’Orient", "L’Orient", "an apostrophe"),
    ("١٩٤٨", "١٩٤٨", "digits as printed"),
    ("چاي", "چاي", "Persian letters"),
]


class TestPlainSpelling:
    @pytest.mark.parametrize(("word", "expected", "why"), SPELLINGS)
    def test_it_shows(self, word: str, expected: str, why: str) -> None:
        assert display_form(word) == expected, why

    @given(st.from_regex(WORD_RE, fullmatch=True))
    def test_it_is_the_same_word(self, word: str) -> None:
        assert fold(display_form(word)) == fold(word)

    @given(st.from_regex(WORD_RE, fullmatch=True))
    def test_twice_changes_nothing(self, word: str) -> None:
        assert display_form(display_form(word)) == display_form(word)

    def test_accents_parted_by_a_soft_hyphen_come_together(self) -> None:
        once = display_form("0\u0315\xad\u0300")
        assert display_form(once) == once
