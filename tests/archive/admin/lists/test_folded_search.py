import re

import pytest

from archive.admin.lists.folded_search import folded_pattern, split_terms


class TestSplitTerms:
    def test_quoted_phrase_is_one_term(self) -> None:
        assert split_terms('شوقي "دار الكتب"') == ["شوقي", "دار الكتب"]

    def test_nul_is_dropped(self) -> None:
        assert split_terms("شو\x00قي") == ["شوقي"]

    def test_long_search_is_cut(self) -> None:
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
    def test_other_spellings_match(self, typed: str, printed: str) -> None:
        assert re.search(folded_pattern(typed), printed, re.IGNORECASE)

    @pytest.mark.parametrize(
        ("typed", "printed"),
        [("احمد", "محمود"), ("شوقي", "شوق"), ("a.c", "abc"), ("دار الكتب", "دارالكتب")],
    )
    def test_other_words_do_not_match(self, typed: str, printed: str) -> None:
        assert not re.search(folded_pattern(typed), printed, re.IGNORECASE)

    def test_empty_fold_gives_an_empty_pattern(self) -> None:
        assert folded_pattern("ـــ") == ""
