"""Vowel marks: kept where they tell words apart, and never against what is unmarked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.diacritics import are_compatible, diacritized_form
from search.arabic.letters import DIACRITICS
from search.arabic.normalize import fold
from search.arabic.tokenize import WORD_RE

_FIRST, _LAST = DIACRITICS.split("-")
_MARKS = "".join(map(chr, range(ord(_FIRST), ord(_LAST) + 1)))
_LETTERS = "ابتكأإآؤئءىيةهولسمد"

# Two words, whether they can be one, and why.
PAIRS = [
    ("كِتَاب", "كُتّاب", False, "a book is no writers"),
    ("كِتَاب", "كتاب", True, "an unmarked word may be any"),
    ("كِتَاب", "كِتاب", True, "one vowel is enough"),
    ("كِتَاب", "كتَاب", True, "whichever it is"),
    ("كِتَاب", "كَتاب", False, "one other vowel is enough"),
    ("كِتَاب", "كتابٌ", True, "an ending is not against an open end"),
    ("كتابٍ", "كتابٌ", False, "two endings are against each other"),
    ("كَتَب", "كَتَّب", False, "a vowel alone is not doubled"),
    ("كتّب", "كَتَّب", True, "a shadda leaves the vowel open"),
    ("مُحَمَّد", "محمّد", True, "Muhammad, marked in part"),
    ("مُدَرِّسَة", "مَدْرَسَة", False, "a teacher is no school"),
    ("عِلْم", "عَلَم", False, "science is no flag"),
    ("شَيْء", "شَئْ", True, "shay’ on any seat"),
    ("مِصر", "مصر", True, "Egypt"),
]


def _may_be_one(one: str, other: str) -> bool:
    assert fold(one) == fold(other)
    return are_compatible(diacritized_form(one), diacritized_form(other))


@st.composite
def _marked_words(draw: st.DrawFn) -> str:
    letters = draw(st.text(_LETTERS, min_size=1, max_size=6))
    marks = st.text(_MARKS, max_size=2)
    return "".join(letter + draw(marks) for letter in letters)


def _mark(letters: str, marks: list[str]) -> str:
    return "".join(map(str.__add__, letters, marks))


_markings = st.lists(st.text(_MARKS, max_size=2), min_size=4, max_size=4).map(
    lambda marks: diacritized_form(_mark("كتاب", marks))
)


class TestMarkedForm:
    @given(_marked_words())
    def test_without_its_marks_it_is_the_surface_form(self, word: str) -> None:
        form = diacritized_form(word)
        assert "".join(c for c in form if c not in _MARKS) == (
            fold(word) if form else ""
        )

    @given(_marked_words())
    def test_its_own_marks_are_on_their_letters(self, word: str) -> None:
        """Or there is none, and the word counts as unmarked."""
        form = diacritized_form(word)
        assert {c for c in form if c in _MARKS} <= {c for c in word if c in _MARKS}
        assert diacritized_form(form) == form

    @given(st.text(_LETTERS, max_size=6))
    def test_a_word_without_marks_has_none(self, word: str) -> None:
        assert diacritized_form(word) == ""

    @given(st.from_regex(WORD_RE, fullmatch=True))
    def test_any_word_has_a_form_of_its_letters(self, word: str) -> None:
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
    def test_its_letters_are_folded(self, word: str, form: str) -> None:
        marks_in_order = diacritized_form(form)
        assert diacritized_form(word) == marks_in_order != ""

    @given(_marked_words())
    def test_decomposed_text_has_the_same_marks(self, word: str) -> None:
        """As other machines store it: a hamza of its own, marks in any order."""
        assert diacritized_form(unicodedata.normalize("NFD", word)) == diacritized_form(
            word
        )


class TestAreCompatible:
    @pytest.mark.parametrize(("one", "other", "expected", "why"), PAIRS)
    def test_of_two_words(self, one: str, other: str, expected: bool, why: str) -> None:
        assert _may_be_one(one, other) is expected, why
        assert _may_be_one(other, one) is expected, why

    @given(_markings)
    def test_a_word_can_be_itself_and_any_can_be_unmarked(self, form: str) -> None:
        assert are_compatible(form, form)
        assert are_compatible(form, "")
        assert are_compatible("", form)

    @given(_markings, _markings)
    def test_it_is_the_same_in_both_directions(self, one: str, other: str) -> None:
        assert are_compatible(one, other) == are_compatible(other, one)

    @given(
        st.lists(st.sampled_from("َُِ"), min_size=4, max_size=4),
        st.sets(st.integers(0, 3)),
        st.sets(st.integers(0, 3)),
    )
    def test_two_who_mark_one_word_in_part_can_mean_it(
        self, marks: list[str], one: set[int], other: set[int]
    ) -> None:
        parts = [
            _mark("كتاب", [mark if at in kept else "" for at, mark in enumerate(marks)])
            for kept in (one, other)
        ]
        assert _may_be_one(*parts)
