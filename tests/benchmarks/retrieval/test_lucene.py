"""The imitation of Lucene: tokens, stop words, and scores computed by hand."""

import math

import pytest

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.lucene import LuceneRanker, analyze
from benchmarks.retrieval.stop_words import STOP_WORDS


def _ranker(*texts: str, title: str = "") -> LuceneRanker:
    documents = [TextDocument(str(n), title, text) for n, text in enumerate(texts)]
    return LuceneRanker(documents, lambda count: None)


class TestAnalyze:
    @pytest.mark.parametrize(
        ("text", "stems"),
        [
            ("قالَ الوزيرُ في المؤتمر", ["قال", "وزير", "مؤتمر"]),
            ("الى جانب إلى جوار", ["جانب", "جوار"]),
            ("ومن ثم فإن القانون", ["قان"]),
            ("متى وكيف ولماذا", ["مت", "كيف", "لماذا"]),
            ("Super_Bowl", ["super_bowl"]),
            ("U.S.A", ["u.s.a"]),
            ("٣٫٥ و 3.5", ["3٫5", "3.5"]),
            ("10:30", ["10", "30"]),
            ("عام ١٩٤٨.", ["عام", "1948"]),
            ("ـ ؟ _", []),
        ],
    )
    def test_stop_words_are_dropped_and_tokens_stemmed(
        self, text: str, stems: list[str]
    ) -> None:
        assert analyze(text) == stems


class TestStopWords:
    def test_list_is_about_as_long_as_that_of_lucene(self) -> None:
        bare = {word for word in STOP_WORDS if f"و{word}" in STOP_WORDS}
        assert 100 <= len(bare) <= 140

    @pytest.mark.parametrize("word", ["حكومة", "رئيس", "قال", "عام", "هل", "متى"])
    def test_content_and_question_words_are_not_stop_words(self, word: str) -> None:
        assert word not in STOP_WORDS


class TestLuceneRanker:
    def test_scores_are_bm25(self) -> None:
        """Lengths 2, 4 and 3, on average 3."""
        ranker = _ranker("جسر حديد", "جسر خشب قديم جميل", "خبز طحين ملح")
        scores = ranker.score("الجسر")
        idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
        assert set(scores) == {0, 1}
        assert scores[0] == pytest.approx(idf / (1 + 1.2 * (0.25 + 0.75 * 2 / 3)))
        assert scores[1] == pytest.approx(idf / (1 + 1.2 * (0.25 + 0.75 * 4 / 3)))

    def test_rare_word_scores_higher(self) -> None:
        ranker = _ranker("جسر حديد", "جسر خشب", "جسر حجر")
        assert ranker.rank("جسر حجر")[0] == "2"

    def test_repeated_query_word_counts_twice(self) -> None:
        ranker = _ranker("جسر", "سور")
        assert ranker.rank("جسر سور سور") == ("1", "0")

    def test_equal_scores_keep_the_order_of_indexing(self) -> None:
        assert _ranker("جسر", "جسر", "جسر").rank("جسر") == ("0", "1", "2")

    def test_title_is_searched(self) -> None:
        assert _ranker("خبز", title="جسر").rank("الجسر") == ("0",)

    def test_ten_hits_are_returned_at_most(self) -> None:
        assert len(_ranker(*["جسر"] * 30).rank("جسر")) == 10

    @pytest.mark.parametrize("text", ["", "؟", "من في", "سفينة"])
    def test_query_without_an_indexed_word_retrieves_nothing(self, text: str) -> None:
        assert _ranker("جسر", "سور").rank(text) == ()

    def test_documents_without_tokens_are_indexed(self) -> None:
        assert _ranker("", "من").rank("جسر") == ()

    def test_progress_is_reported_by_the_thousand(self) -> None:
        seen: list[int] = []
        LuceneRanker(
            [TextDocument(str(n), "", "جسر") for n in range(2500)], seen.append
        )
        assert sum(seen) == 2500
        assert len(seen) == 3
