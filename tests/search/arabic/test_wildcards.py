"""Patterns of words, against the patterns of file names that all of us know."""

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.normalize import fold, fold_prefix
from search.arabic.wildcards import compile_pattern, fold_pattern

_LONG = "ه" * 5_000

# Pattern, word, and why it is one of those meant.
MATCHES = [
    ("مك*ة", "مكتبه", "ة is ه"),
    ("مُك*", "مكتبة", "marks do not count"),
    ("أح?د", "احمد", "nor does a hamza"),
    ("*ئول", "مسؤول", "nor its seat"),
    ("الع*اق", "العـــراق", "nor tatweel"),
    ("*يء", "شيء", "shay’ ends so however it is printed"),
    ("شي*ء", "شيماء", "letters before a last hamza"),
    ("ک*ب", "كتاب", "nor a Persian letter"),
    ("Or?ent", "orient", "nor capitals"),
    ("*", "كتاب", "any word"),
]
MISSES = [
    ("مك?ب", "مكب", "? is one letter"),
    ("مك?ب", "مكتتب", "and not two"),
    ("كت*", "مكتب", "what stands before the asterisk begins the word"),
    ("*كت", "مكتب", "what stands behind it ends the word"),
    ("كت*تب", "كتب", "no letter is used twice"),
    ("ك.اب", "كتاب", "a dot is no wildcard"),
]


def _begins_with_seat(beginning: str, end: str) -> bool:
    """Whether the yeh of شيء, which folding drops, stands before the asterisk."""
    whole = fold_prefix(beginning) + "|" + fold_prefix(end)
    return bool(re.fullmatch(".*ي(ء[|]|[|]ي*ء)", whole))


class TestCompilePattern:
    @given(st.text("اب?*", max_size=9), st.text("ابج", max_size=9))
    def test_it_matches_what_a_pattern_of_file_names_matches(
        self, pattern: str, form: str
    ) -> None:
        matched = compile_pattern(pattern).fullmatch(form) is not None
        assert matched == fnmatchcase(form, pattern)

    @given(st.text("اب?*.[]()+\\^$|", max_size=9), st.text("اب.[]()+\\", max_size=9))
    def test_no_other_sign_has_a_meaning(self, pattern: str, form: str) -> None:
        pieces = ({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern)
        expected = re.fullmatch("".join(pieces), form) is not None
        assert (compile_pattern(pattern).fullmatch(form) is not None) == expected

    @pytest.mark.parametrize(
        "pattern",
        ["*" + "ه*" * 40 + "ا", "*" + "هه*" * 40 + "ا*", "?*" * 40 + "ا", "*ها*" * 20],
    )
    def test_a_long_word_is_not_tried_in_every_way(self, pattern: str) -> None:
        """Trying all would take longer than the stars will shine."""
        assert not compile_pattern(pattern).fullmatch(_LONG)

    def test_a_long_word_is_matched(self) -> None:
        assert compile_pattern("*" + "ه*" * 40).fullmatch(_LONG)


class TestFoldPattern:
    @pytest.mark.parametrize(("pattern", "word", "why"), MATCHES)
    def test_it_stands_for(self, pattern: str, word: str, why: str) -> None:
        assert compile_pattern(fold_pattern(pattern)).fullmatch(fold(word)), why

    @pytest.mark.parametrize(("pattern", "word", "why"), MISSES)
    def test_it_does_not_stand_for(self, pattern: str, word: str, why: str) -> None:
        assert not compile_pattern(fold_pattern(pattern)).fullmatch(fold(word)), why

    @given(st.text("اأبةهىيءئ?*َـ", max_size=9))
    def test_folding_twice_changes_nothing(self, pattern: str) -> None:
        assert fold_pattern(fold_pattern(pattern)) == fold_pattern(pattern)

    @given(st.text("اأإآبةهىيءئؤَّـ", max_size=8), st.integers(0, 8))
    def test_a_word_matches_its_own_beginning_and_end(self, word: str, at: int) -> None:
        beginning, end = word[:at], word[at:]
        if beginning and not _begins_with_seat(beginning, end):
            assert compile_pattern(fold_pattern(f"{beginning}*")).fullmatch(fold(word))
        if end:
            assert compile_pattern(fold_pattern(f"*{end}")).fullmatch(fold(word))

    def test_a_yeh_is_no_seat(self) -> None:
        """A known limit: شيء and شئ are one word, and ش begins both."""
        for beginning in ("شي*", "شيء*"):
            assert not compile_pattern(fold_pattern(beginning)).fullmatch(fold("شيء"))
        assert compile_pattern(fold_pattern("ش*")).fullmatch(fold("شيء"))
