"""BM25 by hand: the score of one term, of a title, and of a field without norms."""

import math
from pathlib import Path

import numpy as np
import pytest
from whoosh import query as q

from search.engines.whoosh.execution.bm25 import tf_weights
from search.engines.whoosh.execution.scoring import evaluate
from search.engines.whoosh.query.nodes import TitleMatch
from search.fields import CONTENT
from tests.search.text_index import TextIndex

_TEXTS = ["كتاب كتاب قلم", "كتاب درس", "درس قلم درس", "نهر"]
_LENGTHS = [3, 2, 3, 1]


def _bm25(tf: int, length: int, lengths: list[int], doc_freq: int) -> float:
    norm = 1.2 * (1 - 0.75 + 0.75 * length / (sum(lengths) / len(lengths)))
    idf = math.log(1 + (len(lengths) - doc_freq + 0.5) / (doc_freq + 0.5))
    return idf * 2.2 * tf / (tf + norm)


class TestEvaluate:
    @pytest.mark.parametrize("boost", [1.0, 0.5])
    def test_score_of_a_term_is_that_of_the_formula(
        self, tmp_path: Path, boost: float
    ) -> None:
        index = TextIndex(tmp_path, _TEXTS)
        scored = evaluate(index.snapshot, q.Term(CONTENT, "كتاب", boost=boost))
        expected = [boost * _bm25(tf, n, _LENGTHS, 2) for tf, n in ((2, 3), (1, 2))]
        assert scored.docs.tolist() == [0, 1]
        assert scored.scores.tolist() == pytest.approx(expected, rel=1e-5)

    def test_title_scores_with_the_document_frequency_of_the_text(
        self, tmp_path: Path
    ) -> None:
        texts = [("كتاب", "درس"), ("درس", "كتاب"), ("نهر بحر", "كتاب")]
        index = TextIndex(tmp_path, texts)
        in_title = TitleMatch(q.Term("title", "كتاب"), q.Term(CONTENT, "كتاب"))
        scored = evaluate(index.snapshot, in_title)
        assert scored.docs.tolist() == [0]
        assert scored.scores.tolist() == pytest.approx(
            [_bm25(1, 1, [1, 1, 2], 3)], rel=1e-5
        )


class TestTfWeights:
    @pytest.mark.parametrize(
        "documents", [5, 50], ids=["a weight for each document", "a list of documents"]
    )
    def test_few_documents_get_the_scores_that_they_get_among_all(
        self, documents: int
    ) -> None:
        docs, freqs = np.array([0, 2, 3, 4]), np.array([1, 4, 2, 1])
        norms = np.linspace(0.5, 2, documents, dtype=np.float32)
        weights = tf_weights(docs, freqs, norms).compact(documents)
        assert (weights.docs is None) is (documents == 5)
        among_all, alone = np.zeros((2, documents), np.float32)
        weights.add_to(among_all, np.float32(2.5))
        few = np.array([1, 2, 4])
        weights.add_to(alone, np.float32(2.5), few)
        expected = [0, 2.5 * 4 / (4 + norms[2]), 2.5 / (1 + norms[4])]
        assert alone[few].tolist() == pytest.approx(expected, rel=1e-6)
        assert alone[few].tolist() == among_all[few].tolist()
        assert np.delete(alone, few).tolist() == [0] * (documents - 3)
