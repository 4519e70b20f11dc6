"""Diacritics: kept where they tell words apart, compatible with any word without."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.diacritics import are_compatible, diacritized_form
from search.arabic.letters import DIACRITICS
from search.arabic.normalize import fold
from search.arabic.tokenize import WORD_RE

_FIRST, _LAST = DIACRITICS.split("-")
_SIGNS = "".join(map(chr, range(ord(_FIRST), ord(_LAST) + 1)))
_LETTERS = "ابتكأإآؤئءىيةهولسمد"

# Two words, whether they are compatible, and why.
PAIRS = [
    ("كِتَاب", "كُتّاب", False, "a book is no writers"),
    ("كِتَاب", "كتاب", True, "a word without diacritics is compatible with any"),
    ("كِتَاب", "كِتاب", True, "one vowel in common is enough"),
    ("كِتَاب", "كتَاب", True, "whichever letter has it"),
    ("كِتَاب", "كَتاب", False, "one different vowel is enough"),
    ("كِتَاب", "كتابٌ", True, "a case ending is compatible with none"),
    ("كتابٍ", "كتابٌ", False, "two case endings are not compatible"),
    ("كَتَب", "كَتَّب", False, "a vowel without a shadda is not doubled"),
    ("كتّب", "كَتَّب", True, "a shadda leaves the vowel open"),
    ("مُحَمَّد", "محمّد", True, "Muhammad, diacritized in part"),
    ("مُدَرِّسَة", "مَدْرَسَة", False, "a teacher is no school"),
    ("عِلْم", "عَلَم", False, "science is no flag"),
    ("شَيْء", "شَئْ", True, "shay’ on any seat"),
    ("مِصر", "مصر", True, "Egypt"),
]


def _are_compatible(first: str, second: str) -> bool:
    assert fold(first) == fold(second)
    return are_compatible(diacritized_form(first), diacritized_form(second))


@st.composite
def _diacritized_words(draw: st.DrawFn) -> str:
    letters = draw(st.text(_LETTERS, min_size=1, max_size=6))
    signs = st.text(_SIGNS, max_size=2)
    return "".join(letter + draw(signs) for letter in letters)


def _diacritize(letters: str, signs: list[str]) -> str:
    return "".join(map(str.__add__, letters, signs))


_forms = st.lists(st.text(_SIGNS, max_size=2), min_size=4, max_size=4).map(
    lambda signs: diacritized_form(_diacritize("كتاب", signs))
)


class TestDiacritizedForm:
    @given(_diacritized_words())
    def test_without_diacritics_it_is_the_surface_form(self, word: str) -> None:
        form = diacritized_form(word)
        assert "".join(c for c in form if c not in _SIGNS) == (
            fold(word) if form else ""
        )

    @given(_diacritized_words())
    def test_diacritics_are_those_of_the_word(self, word: str) -> None:
        form = diacritized_form(word)
        assert {c for c in form if c in _SIGNS} <= {c for c in word if c in _SIGNS}
        assert diacritized_form(form) == form

    @given(st.text(_LETTERS, max_size=6))
    def test_word_without_diacritics_has_none(self, word: str) -> None:
        assert diacritized_form(word) == ""

    @given(st.from_regex(WORD_RE, fullmatch=True))
    def test_form_folds_to_the_surface_form(self, word: str) -> None:
        form = diacritized_form(word)
        assert not form or fold(form) == fold(word)

    @pytest.mark.parametrize(
        ("word", "form"),
        [
            ("الْعَرَبِيَّةُ", "الْعَرَبِيَّهُ"),
            ("مَسؤُول", "مَسءُول"),
            ("إِلَى", "اِلَي"),
            ("رَحمٰن", "رَحمن"),
            ("قُرْآن", "قُرْان"),
            ("شَيْءٌ", "شَءٌ"),
            ("سنةً", "سنهً"),
        ],
    )
    def test_letters_are_folded(self, word: str, form: str) -> None:
        signs_in_order = diacritized_form(form)
        assert diacritized_form(word) == signs_in_order != ""

    @given(_diacritized_words())
    def test_decomposed_word_has_the_same_form(self, word: str) -> None:
        """Decomposition parts a hamza from its letter and reorders diacritics."""
        assert diacritized_form(unicodedata.normalize("NFD", word)) == diacritized_form(
            word
        )


class TestAreCompatible:
    @pytest.mark.parametrize(("first", "second", "expected", "why"), PAIRS)
    def test_pair_is_compatible_or_not(
        self, first: str, second: str, expected: bool, why: str
    ) -> None:
        assert _are_compatible(first, second) is expected, why
        assert _are_compatible(second, first) is expected, why

    @given(_forms)
    def test_form_is_compatible_with_itself_and_with_none(self, form: str) -> None:
        assert are_compatible(form, form)
        assert are_compatible(form, "")
        assert are_compatible("", form)

    @given(_forms, _forms)
    def test_relation_is_symmetric(self, first: str, second: str) -> None:
        assert are_compatible(first, second) == are_compatible(second, first)

    @given(
        st.lists(st.sampled_from("َُِ"), min_size=4, max_size=4),
        st.sets(st.integers(0, 3)),
        st.sets(st.integers(0, 3)),
    )
    def test_parts_of_one_diacritization_are_compatible(
        self, signs: list[str], first: set[int], second: set[int]
    ) -> None:
        parts = [
            _diacritize(
                "كتاب", [sign if at in kept else "" for at, sign in enumerate(signs)]
            )
            for kept in (first, second)
        ]
        assert _are_compatible(*parts)
