"""How far apart two words are: laws of a distance, and slips of Arabic writers."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.edit_distance import edit_distance, typo_cost

_words = st.text("ابتكظضه", max_size=8)

# One word, another, edits between them, and which.
EDITS = [
    ("كتاب", "كتاب", 0, "the same"),
    ("كتاب", "كتب", 1, "a letter left out"),
    ("كتب", "كتاب", 1, "a letter put in"),
    ("كاضمي", "كاظمي", 1, "a letter taken for another"),
    ("مكبت", "مكتب", 1, "neighbors exchanged"),
    ("بمكت", "مكتب", 2, "a letter at the wrong end"),
    ("فسقت", "الفستق", 3, "an exchange and an article"),
    ("", "كتاب", 4, "nothing"),
    ("اب", "بجا", 3, "no letter is edited again once it is exchanged"),
]
# What was typed, what was meant, and the slip; each is half an edit.
SLIPS = [
    ("كاضمي", "كاظمي", "ض for ظ"),
    ("استاد", "استاذ", "د for ذ"),
    ("زاكره", "ذاكره", "ز for ذ"),
    ("اراق", "عراق", "ا for ع"),
    ("كاهره", "قاهره", "ك for ق"),
    ("سوره", "صوره", "س for ص"),
    ("طاريخ", "تاريخ", "ط for ت"),
    ("هرب", "حرب", "ه for ح"),
]


class TestCountEdits:
    @pytest.mark.parametrize(("one", "other", "expected", "why"), EDITS)
    def test_it_counts(self, one: str, other: str, expected: int, why: str) -> None:
        assert edit_distance(one, other) == expected, why

    @given(_words, _words)
    def test_it_is_the_same_in_both_directions(self, one: str, other: str) -> None:
        assert edit_distance(one, other) == edit_distance(other, one)

    @given(_words, _words)
    def test_it_is_between_the_lengths(self, one: str, other: str) -> None:
        edits = edit_distance(one, other)
        assert abs(len(one) - len(other)) <= edits <= max(len(one), len(other))
        assert (edits == 0) == (one == other)

    @given(_words, _words, st.integers(0, 8), st.sampled_from("ابت"))
    def test_one_letter_more_changes_it_by_one_at_most(
        self, one: str, other: str, at: int, letter: str
    ) -> None:
        longer = other[:at] + letter + other[at:]
        assert abs(edit_distance(one, longer) - edit_distance(one, other)) <= 1

    @given(_words, _words, _words)
    def test_what_stands_before_and_behind_both_does_not_count(
        self, one: str, other: str, around: str
    ) -> None:
        longer = edit_distance(around + one + around, around + other + around)
        assert longer == edit_distance(one, other)

    @given(_words, _words)
    def test_it_is_the_optimal_string_alignment(self, one: str, other: str) -> None:
        assert edit_distance(one, other) == _align_whole(one, other)


@cache
def _align_whole(one: str, other: str) -> int:
    """The distance as it is defined, letter by letter from the end."""
    if not one or not other:
        return len(one) + len(other)
    costs = [
        _align_whole(one[:-1], other) + 1,
        _align_whole(one, other[:-1]) + 1,
        _align_whole(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if min(len(one), len(other)) > 1 and one[-2:] == other[-2:][::-1]:
        costs.append(_align_whole(one[:-2], other[:-2]) + 1)
    return min(costs)


class TestSlipCost:
    @pytest.mark.parametrize(("typed", "meant", "why"), SLIPS)
    def test_a_usual_confusion_is_half_an_edit(
        self, typed: str, meant: str, why: str
    ) -> None:
        assert edit_distance(typed, meant) == 1
        assert typo_cost(typed, meant) == typo_cost(meant, typed) == 0.5, why

    def test_any_other_letter_is_a_whole_one(self) -> None:
        assert typo_cost("كالمي", "كاظمي") == 1
        assert typo_cost("مكبت", "مكتب") == 1

    @given(_words, _words)
    def test_it_is_between_half_the_edits_and_all(self, one: str, other: str) -> None:
        edits, cost = edit_distance(one, other), typo_cost(one, other)
        assert edits / 2 <= cost <= edits
        assert cost == typo_cost(other, one)
