"""Whole evaluations, the figures of which are computed by hand."""

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
    def test_figures_are_those_of_the_ranks(self, small: Path) -> None:
        found = evaluate(read_collection(small))
        assert found.mrr_at_10 == pytest.approx(MRR)
        assert found.success_at_1 == pytest.approx(SUCCESS_AT_1)
        assert found.success_at_10 == pytest.approx(SUCCESS_AT_10)

    def test_it_counts_what_it_measured(self, small: Path) -> None:
        found = evaluate(read_collection(small))
        assert (found.documents, found.distractors) == (len(DOCUMENTS), 0)
        assert (found.queries, found.unjudged, found.unanswered) == (6, 1, 1)
        assert found.analyzer_version == ANALYZER_VERSION
        assert found.queries_per_second == found.queries / found.query_seconds > 0

    def test_light10_finds_less(self, small: Path) -> None:
        found = evaluate(read_collection(small), analysis=Analysis.LUCENE)
        assert found.mrr_at_10 == pytest.approx(MRR_OF_LUCENE)
        assert found.unanswered == 2
        assert found.analyzer_version is None

    @pytest.mark.parametrize("analysis", list(Analysis))
    def test_a_distractor_takes_a_place(self, small: Path, analysis: Analysis) -> None:
        collection = read_collection(small)
        alone = evaluate(collection, analysis=analysis)
        distractor = TextDocument("x", "", "ترميم جسر الملك، ترميم جسر الملك")
        among = evaluate(collection, distractors=[distractor], analysis=analysis)
        assert (among.documents, among.distractors) == (len(DOCUMENTS) + 1, 1)
        # The second place becomes the third.
        lost = (1 / 2 - 1 / 3) / among.queries
        assert alone.mrr_at_10 - among.mrr_at_10 == pytest.approx(lost)

    @pytest.mark.parametrize("analysis", list(Analysis))
    def test_progress_counts_all_documents(
        self, small: Path, analysis: Analysis
    ) -> None:
        seen: list[int] = []
        evaluate(read_collection(small), analysis=analysis, progress=seen.append)
        assert sum(seen) == len(DOCUMENTS)
