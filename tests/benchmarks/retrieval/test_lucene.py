"""The imitation of Lucene: tokens, function words, and scores by hand."""

import math

import pytest

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.lucene import LuceneRanker, analyze
from benchmarks.retrieval.stop_words import FUNCTION_WORDS


def _ranker(*texts: str, title: str = "") -> LuceneRanker:
    documents = [TextDocument(str(at), title, text) for at, text in enumerate(texts)]
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
    def test_it_gives_the_stems_of_what_is_no_function_word(
        self, text: str, stems: list[str]
    ) -> None:
        assert analyze(text) == stems


class TestFunctionWords:
    def test_there_are_about_as_many_as_lucene_has(self) -> None:
        bare = {word for word in FUNCTION_WORDS if f"و{word}" in FUNCTION_WORDS}
        assert 100 <= len(bare) <= 140

    @pytest.mark.parametrize("word", ["حكومة", "رئيس", "قال", "عام", "هل", "متى"])
    def test_no_word_with_a_meaning_is_one(self, word: str) -> None:
        assert word not in FUNCTION_WORDS


class TestLuceneRanker:
    def test_scores_are_bm25(self) -> None:
        """Lengths 2 and 4, average 3: the shorter document has more of the word."""
        ranker = _ranker("جسر حديد", "جسر خشب قديم جميل", "خبز طحين ملح")
        scores = ranker.score("الجسر")
        idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
        assert set(scores) == {0, 1}
        assert scores[0] == pytest.approx(idf / (1 + 1.2 * (0.25 + 0.75 * 2 / 3)))
        assert scores[1] == pytest.approx(idf / (1 + 1.2 * (0.25 + 0.75 * 4 / 3)))

    def test_a_rare_word_counts_more(self) -> None:
        ranker = _ranker("جسر حديد", "جسر خشب", "جسر حجر")
        assert ranker.rank("جسر حجر")[0] == "2"

    def test_a_word_asked_twice_counts_twice(self) -> None:
        ranker = _ranker("جسر", "سور")
        assert ranker.rank("جسر سور سور") == ("1", "0")

    def test_equal_documents_keep_their_order(self) -> None:
        assert _ranker("جسر", "جسر", "جسر").rank("جسر") == ("0", "1", "2")

    def test_titles_are_found(self) -> None:
        assert _ranker("خبز", title="جسر").rank("الجسر") == ("0",)

    def test_ten_are_enough(self) -> None:
        assert len(_ranker(*["جسر"] * 30).rank("جسر")) == 10

    @pytest.mark.parametrize("text", ["", "؟", "من في", "سفينة"])
    def test_nothing_is_found_for_nothing(self, text: str) -> None:
        assert _ranker("جسر", "سور").rank(text) == ()

    def test_empty_documents_are_no_fault(self) -> None:
        assert _ranker("", "من").rank("جسر") == ()

    def test_progress_adds_up(self) -> None:
        seen: list[int] = []
        LuceneRanker(
            [TextDocument(str(at), "", "جسر") for at in range(2500)], seen.append
        )
        assert sum(seen) == 2500
        assert len(seen) == 3
