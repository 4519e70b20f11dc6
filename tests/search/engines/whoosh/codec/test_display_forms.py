"""The index tells how the archive prints a word, before and after merging."""

from itertools import pairwise
from pathlib import Path

import pytest

from search.arabic.analyzer import surfaces
from search.deadline import Deadline
from search.engines.contract import Word
from search.engines.whoosh.codec.display_forms import choose_display_form
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
# Printed in two ways about as often: which is the commoner is told a segment at a time.
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
    found = choose_display_form(
        (spelling.encode(), count) for spelling, count in spellings
    )
    return found.decode()


class TestChooseSpelling:
    def test_the_commonest_counts_over_all_that_print_it(self) -> None:
        assert _choose(("سنه", 3), ("سنة", 2), ("سنة", 2)) == "سنة"

    def test_what_is_printed_as_the_form_needs_no_row(self) -> None:
        assert _choose(("سنه", 2), ("سنة", 1)) == "سنه"

    @pytest.mark.parametrize(
        ("one", "careful"),
        [("سنه", "سنة"), ("الى", "إلى"), ("احمد", "أحمد"), ("الكاظمى", "الكاظمي")],
    )
    def test_of_equals_the_careful_one_is_chosen(self, one: str, careful: str) -> None:
        assert surfaces(one) == surfaces(careful)
        assert _choose((one, 1), (careful, 1)) == careful

    def test_the_order_does_not_matter(self) -> None:
        assert _choose(("إلى", 1), ("الى", 1)) == _choose(("الى", 1), ("إلى", 1))


class TestSpellings:
    @pytest.mark.parametrize("segments", [1, 3])
    def test_words_are_spelled_as_most_often_printed(
        self, tmp_path: Path, segments: int
    ) -> None:
        forms = _print_forms(TextIndex(tmp_path, _TEXTS, segments=segments))
        assert forms["المقاومه"] == "المقاومة"
        assert forms["القاهره"] == "القاهرة"
        assert forms["المركب"] == "المركب"
        assert forms["كتب"] == "كتب"

    @pytest.mark.parametrize("segments", [1, 4, 9])
    def test_each_is_spelled_as_it_stands_somewhere(
        self, tmp_path: Path, segments: int
    ) -> None:
        index = TextIndex(tmp_path, _TEXTS, segments=segments)
        forms = _print_forms(index)
        assert set(forms) == {one for text in _TEXTS for one in surfaces(text)}
        for surface, spelling in forms.items():
            assert surfaces(spelling) == [surface]


class TestMerging:
    def test_it_changes_no_answer_no_count_and_no_spelling(
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

    def test_what_is_taken_out_is_in_no_answer_and_no_count(
        self, tmp_path: Path
    ) -> None:
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

    def test_terms_stay_in_order(self, tmp_path: Path) -> None:
        index = TextIndex(tmp_path, _TEXTS, segments=4)
        index.merge()
        [(_base, field)] = index.snapshot.fields(CONTENT)
        for lexicon in (field.terms, field.families.stems, field.families.roots):
            terms = list(lexicon)
            assert terms
            assert all(before < after for before, after in pairwise(terms))
            assert [lexicon.find(term) for term in terms] == list(range(len(terms)))
