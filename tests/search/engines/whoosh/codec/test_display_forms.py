"""Display forms are the most frequent printed forms, before and after merging."""

from itertools import pairwise
from pathlib import Path

import pytest

from search.arabic.analyzer import surfaces
from search.arabic.display_form import choose_display_form
from search.deadline import Deadline
from search.engines.contract import Word
from search.engines.whoosh.execution.term_statistics import explain
from search.fields import CONTENT
from search.query import Wildcard
from search.query.parse import parse
from tests.search.text_index import TextIndex

_TEXTS = (
    "المقاومة والمُقاومة، المقـــاومة",
    "المقاومه",
    "إلى القاهرة الى إلى",
    "الى",
    "كتاب كِتاب كُتُب",
    "مسؤول مسؤول",
    "مسئول",
    "ﺍﻟﻤﺮﻛﺐ مسو\u0654ول",
    "ليبيا كِتَابٌ مكتبة",
)
# Printed in two ways about as often: which is more frequent depends on the segments.
_AMBIGUOUS = {"مسءول": "", "الي": ""}
_QUERIES = (
    *("=المقاومة", "مقاومة", "√قوم", "=إلى", "=كِتَاب", "=كُتُب", "√كتب", "مسؤول"),
    *('"إلى القاهرة"', '"القاهرة الى"~3', "*قاوم*", "ك?اب", "مسول~1", "المركب", "لي*"),
)


def _print_forms(index: TextIndex, pattern: str = "*") -> dict[str, str]:
    words = [Word(Wildcard(pattern), CONTENT)]
    [found] = explain(index.snapshot, words, Deadline(None), most_forms=1_000)
    return {form.surface: form.spelling for form in found.forms}


def _answers(index: TextIndex) -> dict[str, list[int]]:
    return {query: sorted(index.rank(query)) for query in _QUERIES}


def _counts(index: TextIndex) -> list[object]:
    words = [Word(parse(text), CONTENT) for text in ("كتاب", "=إلى", "√قوم", "*سءول")]
    return [
        (dict(one.articles), [(form.surface, form.articles) for form in one.forms])
        for one in explain(index.snapshot, words, Deadline(None), most_forms=50)
    ]


def _choose(*spellings: tuple[str, int]) -> str:
    return choose_display_form(dict(spellings))


class TestChooseDisplayForm:
    def test_the_surface_form_may_be_the_most_frequent(self) -> None:
        assert _choose(("سنه", 2), ("سنة", 1)) == "سنه"

    @pytest.mark.parametrize(
        ("one", "careful"),
        [("سنه", "سنة"), ("الى", "إلى"), ("احمد", "أحمد"), ("الكاظمى", "الكاظمي")],
    )
    def test_the_careful_form_wins_a_tie(self, one: str, careful: str) -> None:
        assert surfaces(one) == surfaces(careful)
        assert _choose((one, 1), (careful, 1)) == careful

    def test_the_order_of_forms_does_not_matter(self) -> None:
        assert _choose(("إلى", 1), ("الى", 1)) == _choose(("الى", 1), ("إلى", 1))


class TestDisplayForms:
    @pytest.mark.parametrize("segments", [1, 3])
    def test_each_word_has_its_most_frequent_form(
        self, tmp_path: Path, segments: int
    ) -> None:
        forms = _print_forms(TextIndex(tmp_path, _TEXTS, segments=segments))
        assert forms["المقاومه"] == "المقاومة"
        assert forms["القاهره"] == "القاهرة"
        assert forms["المركب"] == "المركب"
        assert forms["كتب"] == "كتب"

    @pytest.mark.parametrize("segments", [1, 4, 9])
    def test_each_form_folds_to_its_term(self, tmp_path: Path, segments: int) -> None:
        index = TextIndex(tmp_path, _TEXTS, segments=segments)
        forms = _print_forms(index)
        assert set(forms) == {one for text in _TEXTS for one in surfaces(text)}
        for surface, spelling in forms.items():
            assert surfaces(spelling) == [surface]


class TestMerging:
    def test_merging_changes_no_hits_counts_or_display_forms(
        self, tmp_path: Path
    ) -> None:
        one = TextIndex(tmp_path / "one", _TEXTS)
        many = TextIndex(tmp_path / "many", _TEXTS, segments=5)
        assert len(many.snapshot.segments) == 5
        assert _answers(many) == _answers(one)
        assert _counts(many) == _counts(one)
        many.merge()
        assert len(many.snapshot.segments) == 1
        assert _answers(many) == _answers(one)
        assert _counts(many) == _counts(one)
        assert {**_print_forms(many), **_AMBIGUOUS} == {
            **_print_forms(one),
            **_AMBIGUOUS,
        }
        assert all(_answers(one).values())

    def test_deleted_documents_are_in_no_hits_and_counts(self, tmp_path: Path) -> None:
        whole = TextIndex(tmp_path / "whole", _TEXTS[:4] + _TEXTS[6:])
        index = TextIndex(tmp_path / "less", _TEXTS, segments=3)
        index.delete(5, 6)
        moved = {
            query: [at + 2 if at > 4 else at for at in found]
            for query, found in _answers(whole).items()
        }
        assert _answers(index) == moved
        assert _counts(index) == _counts(whole)
        index.merge()
        assert _answers(index) == moved
        assert _counts(index) == _counts(whole)
        assert set(_print_forms(index)) == set(_print_forms(whole))

    def test_merged_dictionaries_are_sorted_and_distinct(self, tmp_path: Path) -> None:
        index = TextIndex(tmp_path, _TEXTS, segments=4)
        index.merge()
        [(_base, field)] = index.snapshot.fields(CONTENT)
        assert field.families.lemmas is not None
        for dictionary in (field.terms, field.families.lemmas):
            terms = list(dictionary)
            assert terms
            assert all(before < after for before, after in pairwise(terms))
            assert [dictionary.find(term) for term in terms] == list(range(len(terms)))
