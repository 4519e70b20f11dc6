"""What words stand for in the index: counts against plain searches, near spellings."""

from pathlib import Path

import pytest
from pytest import MonkeyPatch

from search.arabic.analyzer import surfaces
from search.arabic.edit_distance import typo_cost
from search.arabic.families import asked_family, family
from search.deadline import Deadline
from search.engines.contract import Word, WordStatistics
from search.engines.whoosh.execution import term_statistics
from search.engines.whoosh.execution.term_statistics import explain, find_spellings
from search.engines.whoosh.query import multi_term
from search.fields import CONTENT
from search.query import Level, Query, Term, TermQuery
from search.query.parse import parse
from search.query.render import render
from tests.search.text_index import TextIndex

_TEXTS = (
    "كتاب كتاب الكتاب",
    "الكتاب والكتب",
    "وكتابهم مكتبة",
    "مكتبة المكتبات كاتب",
    "مدرسة ومدرسات",
    "الكاظمي",
    "والكاظمي الكاظم",
    "كاضم كاظم",
    "نظام",
    "الكاظمى",
)


@pytest.fixture(params=[1, 3])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> TextIndex:
    made = TextIndex(tmp_path, [*_TEXTS, "كتاب كاظم مدرسة"], segments=request.param)
    made.delete(len(_TEXTS) + 1)
    return made


def _explain(index: TextIndex, query: Query, most: int = 100) -> WordStatistics:
    assert isinstance(query, TermQuery)
    words = [Word(query, CONTENT)]
    [found] = explain(index.snapshot, words, Deadline(None), most_forms=most)
    return found


def _spellings(index: TextIndex, word: str, limit: int = 10) -> list[str]:
    found = find_spellings(
        index.snapshot, Word(Term(word), CONTENT), Deadline(None), limit=limit
    )
    return [spelling.word for spelling in found]


class TestExplain:
    @pytest.mark.parametrize("word", ["كتاب", "المكتبة", "كاظم", "مدرسة", "غائب"])
    def test_article_counts_equal_totals_of_searches(
        self, index: TextIndex, word: str
    ) -> None:
        found = _explain(index, Term(word))
        for level in Level:
            assert found.articles[level] == len(index.find(render(Term(word, level))))
        for form in found.forms:
            assert form.articles == len(index.find(f"={form.spelling}")) > 0

    def test_looser_level_has_no_fewer_articles(self, index: TextIndex) -> None:
        for word in ("كتاب", "كتب", "كاظم", "كاضم"):
            counts = list(_explain(index, Term(word)).articles.values())
            assert counts == sorted(counts)

    @pytest.mark.parametrize("text", ["كتاب", "√كتاب", "كت*", "ك*ب", "كاظم~1", "=كتاب"])
    def test_forms_together_find_what_the_word_finds(
        self, index: TextIndex, text: str
    ) -> None:
        found = _explain(index, parse(text))
        by_form = [index.find(f"={form.spelling}") for form in found.forms]
        assert set().union(*by_form) == index.find(text)
        assert found.found == found.used == len(found.forms)
        counts = [form.articles for form in found.forms]
        assert counts == sorted(counts, reverse=True)

    def test_most_frequent_forms_are_listed(self, index: TextIndex) -> None:
        whole, cut = (_explain(index, parse("√كتاب"), most) for most in (100, 2))
        assert cut.forms == whole.forms[:2]
        assert (cut.found, cut.used) == (whole.found, whole.used)
        assert len(whole.forms) > 2

    def test_forms_beyond_the_cap_are_counted_not_searched(
        self, index: TextIndex, monkeypatch: MonkeyPatch
    ) -> None:
        whole = _explain(index, parse("ك*ب"))
        monkeypatch.setattr(multi_term, "MAX_EXPANSIONS", 1)
        capped = _explain(index, parse("ك*ب"))
        assert capped.found == whole.found > capped.used
        assert capped.used <= len(index.snapshot.segments)


class TestFindSpellings:
    def test_likeliest_spelling_comes_first(self, index: TextIndex) -> None:
        found = _spellings(index, "الكاضمي")
        assert found[0] == "الكاظمي"
        costs = [typo_cost("الكاضمي", one) for one in found]
        assert costs == sorted(costs)

    @pytest.mark.parametrize("word", ["الكتاب", "كتابهم", "مكتبة", "مدرسات"])
    def test_forms_of_the_same_family_are_left_out(
        self, index: TextIndex, word: str
    ) -> None:
        own = {*asked_family(*surfaces(word)).lemmas}
        for other in _spellings(index, word):
            assert own.isdisjoint(family(*surfaces(other)).lemmas)

    def test_spellings_are_as_printed(self, index: TextIndex) -> None:
        assert "مكتبة" in _spellings(index, "مكتفة")
        assert "المكتبات" in _spellings(index, "المكتباط")

    def test_limit_bounds_the_spellings(self, index: TextIndex) -> None:
        everything = _spellings(index, "الكاضمي")
        assert len(everything) > 1
        assert _spellings(index, "الكاضمي", limit=1) == everything[:1]

    @pytest.mark.parametrize("word", ["نم", "كتاب-كاظم", "!"])
    def test_short_or_split_words_have_no_spellings(
        self, index: TextIndex, word: str
    ) -> None:
        assert _spellings(index, word) == []

    def test_forms_of_deleted_documents_are_left_out(self, index: TextIndex) -> None:
        assert "نظام" in _spellings(index, "نضام")
        index.delete(9)
        assert "نظام" not in _spellings(index, "نضام")

    def test_frequent_forms_at_two_edits_do_not_hide_one_at_one(
        self, tmp_path: Path, monkeypatch: MonkeyPatch
    ) -> None:
        monkeypatch.setattr(term_statistics, "MAX_WEIGHED", 2)
        index = TextIndex(tmp_path, [*["الماضي القاضي"] * 3, "الكاظمي"])
        assert _spellings(index, "الكاضمي") == ["الكاظمي", "القاضي", "الماضي"]
