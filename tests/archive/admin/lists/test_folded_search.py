import re

import pytest

from archive.admin.lists.folded_search import folded_pattern, split_terms


class TestSplitTerms:
    def test_it_keeps_a_quoted_phrase_together(self) -> None:
        assert split_terms('شوقي "دار الكتب"') == ["شوقي", "دار الكتب"]

    def test_it_drops_nul_which_databases_refuse(self) -> None:
        assert split_terms("شو\x00قي") == ["شوقي"]

    def test_it_cuts_an_endless_search(self) -> None:
        assert len(split_terms("كلمة " * 1000)) == 12


class TestFoldedPattern:
    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("احمد", "أحمد"),  # hamza left out
            ("أحمد", "احمد"),  # hamza added
            ("مدرسه", "مدرسة"),  # ه for ة
            ("مصطفي", "مصطفى"),  # ي for ى
            ("شوقي", "شَوْقِيّ"),  # vowel marks, also after the last letter
            ("كتاب", "كتـــاب"),  # tatweel
            ("1923", "١٩٢٣"),  # digits
            ("مؤتمر", "موتمر"),  # hamza on waw
            ("دار الكتب", "دارِ الكُتُب"),  # a phrase with marks
            ("NEWS", "news"),
        ],
    )
    def test_it_matches_other_spellings(self, typed: str, printed: str) -> None:
        assert re.search(folded_pattern(typed), printed, re.IGNORECASE)

    @pytest.mark.parametrize(
        ("typed", "printed"),
        [("احمد", "محمود"), ("شوقي", "شوق"), ("a.c", "abc"), ("دار الكتب", "دارالكتب")],
    )
    def test_it_matches_nothing_else(self, typed: str, printed: str) -> None:
        assert not re.search(folded_pattern(typed), printed, re.IGNORECASE)

    def test_it_is_empty_where_nothing_is_left(self) -> None:
        assert folded_pattern("ـــ") == ""
