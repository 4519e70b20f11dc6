"""Edit distance: its laws, and the typos of Arabic writers."""

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.arabic.edit_distance import edit_distance, typo_cost

_words = st.text("ابتكظضه", max_size=8)

# Source, target, distance, and the edits.
EDITS = [
    ("كتاب", "كتاب", 0, "the same"),
    ("كتاب", "كتب", 1, "a deletion"),
    ("كتب", "كتاب", 1, "an insertion"),
    ("كاضمي", "كاظمي", 1, "a substitution"),
    ("مكبت", "مكتب", 1, "a transposition"),
    ("بمكت", "مكتب", 2, "a deletion and an insertion"),
    ("فسقت", "الفستق", 3, "a transposition and an article"),
    ("", "كتاب", 4, "insertions only"),
    ("اب", "بجا", 3, "no insertion between transposed letters"),
    # One letter more than in a word source edit away costs two edits more.
    ("اابتاا", "ااتباا", 1, "a transposition"),
    ("اابتاا", "ااتاباا", 3, "no insertion between transposed letters"),
]
# Typed, meant, and the typo, each of half an edit.
TYPOS = [
    ("كاضمي", "كاظمي", "ض for ظ"),
    ("استاد", "استاذ", "د for ذ"),
    ("زاكره", "ذاكره", "ز for ذ"),
    ("اراق", "عراق", "ا for ع"),
    ("كاهره", "قاهره", "ك for ق"),
    ("سوره", "صوره", "س for ص"),
    ("طاريخ", "تاريخ", "ط for ت"),
    ("هرب", "حرب", "ه for ح"),
]


class TestEditDistance:
    @pytest.mark.parametrize(("source", "target", "expected", "why"), EDITS)
    def test_distance_of_pair(
        self, source: str, target: str, expected: int, why: str
    ) -> None:
        assert edit_distance(source, target) == expected, why

    @given(_words, _words)
    def test_distance_is_symmetric(self, source: str, target: str) -> None:
        assert edit_distance(source, target) == edit_distance(target, source)

    @given(_words, _words)
    def test_distance_is_between_difference_and_maximum_of_lengths(
        self, source: str, target: str
    ) -> None:
        edits = edit_distance(source, target)
        assert abs(len(source) - len(target)) <= edits <= max(len(source), len(target))
        assert (edits == 0) == (source == target)

    @example("اابتاا", "ااتباا", 3, "ا")
    @given(_words, _words, st.integers(0, 8), st.sampled_from("ابت"))
    def test_inserted_letter_saves_one_edit_or_adds_two_at_most(
        self, source: str, target: str, at: int, letter: str
    ) -> None:
        """Two where it parts transposed neighbors; in a metric it would be one.

        "اب" and "با" are 1 apart, "با" and "بجا" 1, "اب" and "بجا" 3.
        """
        longer = target[:at] + letter + target[at:]
        added = edit_distance(source, longer) - edit_distance(source, target)
        assert -1 <= added <= 2

    @given(_words, _words, _words)
    def test_common_prefix_and_suffix_do_not_count(
        self, source: str, target: str, around: str
    ) -> None:
        longer = edit_distance(around + source + around, around + target + around)
        assert longer == edit_distance(source, target)

    @given(_words, _words)
    def test_distance_equals_the_recursive_definition(
        self, source: str, target: str
    ) -> None:
        assert edit_distance(source, target) == _align_whole(source, target)


@cache
def _align_whole(source: str, target: str) -> int:
    """The distance by its recursive definition, from the last letters."""
    if not source or not target:
        return len(source) + len(target)
    costs = [
        _align_whole(source[:-1], target) + 1,
        _align_whole(source, target[:-1]) + 1,
        _align_whole(source[:-1], target[:-1]) + (source[-1] != target[-1]),
    ]
    if min(len(source), len(target)) > 1 and source[-2:] == target[-2:][::-1]:
        costs.append(_align_whole(source[:-2], target[:-2]) + 1)
    return min(costs)


class TestTypoCost:
    @pytest.mark.parametrize(("typed", "meant", "why"), TYPOS)
    def test_confused_letters_cost_half_an_edit(
        self, typed: str, meant: str, why: str
    ) -> None:
        assert edit_distance(typed, meant) == 1
        assert typo_cost(typed, meant) == typo_cost(meant, typed) == 0.5, why

    def test_other_edits_cost_one(self) -> None:
        assert typo_cost("كالمي", "كاظمي") == 1
        assert typo_cost("مكبت", "مكتب") == 1

    @given(_words, _words)
    def test_cost_is_symmetric_and_at_least_half_the_distance(
        self, source: str, target: str
    ) -> None:
        edits, cost = edit_distance(source, target), typo_cost(source, target)
        assert edits / 2 <= cost <= edits
        assert cost == typo_cost(target, source)
