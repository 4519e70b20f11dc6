"""Wildcards: compared with file name patterns (fnmatch), and with folding."""

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.normalize import fold, fold_prefix
from search.arabic.wildcards import compile_pattern, fold_pattern

_LONG = "ه" * 5_000

# Pattern, word, and why it matches.
MATCHES = [
    ("مك*ة", "مكتبه", "ة is ه"),
    ("مُك*", "مكتبة", "diacritics do not count"),
    ("أح?د", "احمد", "nor does a hamza"),
    ("*ئول", "مسؤول", "nor its seat"),
    ("الع*اق", "العـــراق", "nor tatweel"),
    ("*يء", "شيء", "the suffix of شيء folds as شيء does"),
    ("شي*ء", "شيماء", "letters before a last hamza"),
    ("ک*ب", "كتاب", "nor a Persian letter"),
    ("Or?ent", "orient", "nor capitals"),
    ("*", "كتاب", "any word"),
]
# Pattern, word, and why it does not match.
MISSES = [
    ("مك?ب", "مكب", "? is one letter"),
    ("مك?ب", "مكتتب", "and not two"),
    ("كت*", "مكتب", "letters before the asterisk are a prefix"),
    ("*كت", "مكتب", "letters after it are a suffix"),
    ("كت*تب", "كتب", "no letter is used twice"),
    ("ك.اب", "كتاب", "a dot is no wildcard"),
]


def _keeps_yeh(prefix: str, suffix: str) -> bool:
    """Whether the yeh of شيء, which folding drops, stands before the asterisk."""
    whole = fold_prefix(prefix) + "|" + fold_prefix(suffix)
    return bool(re.fullmatch(".*ي(ء[|]|[|]ي*ء)", whole))


class TestCompilePattern:
    @given(st.text("اب?*", max_size=9), st.text("ابج", max_size=9))
    def test_matches_equal_those_of_fnmatch(self, pattern: str, form: str) -> None:
        matched = compile_pattern(pattern).fullmatch(form) is not None
        assert matched == fnmatchcase(form, pattern)

    @given(st.text("اب?*.[]()+\\^$|", max_size=9), st.text("اب.[]()+\\", max_size=9))
    def test_other_characters_match_themselves(self, pattern: str, form: str) -> None:
        parts = ({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern)
        expected = re.fullmatch("".join(parts), form) is not None
        assert (compile_pattern(pattern).fullmatch(form) is not None) == expected

    @pytest.mark.parametrize(
        "pattern",
        ["*" + "ه*" * 40 + "ا", "*" + "هه*" * 40 + "ا*", "?*" * 40 + "ا", "*ها*" * 20],
    )
    def test_long_word_takes_no_exponential_time(self, pattern: str) -> None:
        """Backtracking would take exponential time."""
        assert not compile_pattern(pattern).fullmatch(_LONG)

    def test_long_word_is_matched(self) -> None:
        assert compile_pattern("*" + "ه*" * 40).fullmatch(_LONG)


class TestFoldPattern:
    @pytest.mark.parametrize(("pattern", "word", "why"), MATCHES)
    def test_folded_pattern_matches(self, pattern: str, word: str, why: str) -> None:
        assert compile_pattern(fold_pattern(pattern)).fullmatch(fold(word)), why

    @pytest.mark.parametrize(("pattern", "word", "why"), MISSES)
    def test_folded_pattern_does_not_match(
        self, pattern: str, word: str, why: str
    ) -> None:
        assert not compile_pattern(fold_pattern(pattern)).fullmatch(fold(word)), why

    @given(st.text("اأبةهىيءئ?*َـ", max_size=9))
    def test_folding_is_idempotent(self, pattern: str) -> None:
        assert fold_pattern(fold_pattern(pattern)) == fold_pattern(pattern)

    @given(st.text("اأإآبةهىيءئؤَّـ", max_size=8), st.integers(0, 8))
    def test_word_matches_its_own_prefix_and_suffix(self, word: str, at: int) -> None:
        prefix, suffix = word[:at], word[at:]
        if prefix and not _keeps_yeh(prefix, suffix):
            assert compile_pattern(fold_pattern(f"{prefix}*")).fullmatch(fold(word))
        if suffix:
            assert compile_pattern(fold_pattern(f"*{suffix}")).fullmatch(fold(word))

    def test_yeh_before_an_asterisk_is_kept(self) -> None:
        """A known limit: شيء folds to شء, which only ش* matches."""
        for pattern in ("شي*", "شيء*"):
            assert not compile_pattern(fold_pattern(pattern)).fullmatch(fold("شيء"))
        assert compile_pattern(fold_pattern("ش*")).fullmatch(fold("شيء"))
