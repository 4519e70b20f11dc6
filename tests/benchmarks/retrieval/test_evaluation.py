"""Evaluations of the small collection, whose measures are computed by hand."""

from pathlib import Path

import pytest

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.evaluation import Analysis, evaluate
from benchmarks.retrieval.reader import read_collection
from search.arabic.analyzer import ANALYZER_VERSION
from tests.benchmarks.retrieval.small_collection import (
    DOCUMENTS,
    MRR,
    MRR_OF_LUCENE,
    SUCCESS_AT_1,
    SUCCESS_AT_10,
)


class TestEvaluate:
    def test_measures_are_computed_from_ranks(self, small: Path) -> None:
        found = evaluate(read_collection(small))
        assert found.mrr_at_10 == pytest.approx(MRR)
        assert found.success_at_1 == pytest.approx(SUCCESS_AT_1)
        assert found.success_at_10 == pytest.approx(SUCCESS_AT_10)

    def test_documents_and_queries_are_counted(self, small: Path) -> None:
        found = evaluate(read_collection(small))
        assert (found.documents, found.distractors) == (len(DOCUMENTS), 0)
        assert (found.queries, found.unjudged, found.unanswered) == (6, 1, 1)
        assert found.analyzer_version == ANALYZER_VERSION
        assert found.queries_per_second == found.queries / found.query_seconds > 0

    def test_lucene_analysis_misses_a_double_proclitic(self, small: Path) -> None:
        found = evaluate(read_collection(small), analysis=Analysis.LUCENE)
        assert found.mrr_at_10 == pytest.approx(MRR_OF_LUCENE)
        assert found.unanswered == 2
        assert found.analyzer_version is None

    @pytest.mark.parametrize("analysis", list(Analysis))
    def test_distractor_lowers_mrr(self, small: Path, analysis: Analysis) -> None:
        collection = read_collection(small)
        alone = evaluate(collection, analysis=analysis)
        distractor = TextDocument("x", "", "ترميم جسر الملك، ترميم جسر الملك")
        among = evaluate(collection, distractors=[distractor], analysis=analysis)
        assert (among.documents, among.distractors) == (len(DOCUMENTS) + 1, 1)
        # Rank 2 becomes rank 3.
        lost = (1 / 2 - 1 / 3) / among.queries
        assert alone.mrr_at_10 - among.mrr_at_10 == pytest.approx(lost)

    @pytest.mark.parametrize("analysis", list(Analysis))
    def test_progress_adds_up_to_all_documents(
        self, small: Path, analysis: Analysis
    ) -> None:
        seen: list[int] = []
        evaluate(read_collection(small), analysis=analysis, progress=seen.append)
        assert sum(seen) == len(DOCUMENTS)
