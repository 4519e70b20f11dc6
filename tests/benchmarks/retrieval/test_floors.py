"""Floors of the measures on the sample's golden queries.

Each floor is the value measured when it was set, cut to two decimals.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from benchmarks.retrieval.collection import Collection, JudgedQuery, TextDocument
from benchmarks.retrieval.evaluation import Analysis, Evaluation, evaluate
from search.query import And, Term
from search.query.parse import parse

FLOORS = {"mrr_at_10": 0.99, "success_at_1": 0.98, "success_at_10": 1.0}

_SAMPLE = Path(settings.BASE_DIR) / "sample"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_SAMPLE / name).open(encoding="utf-8")]


def _collection() -> Collection:
    documents = (
        TextDocument(
            row["external_id"],
            row["title"],
            f"{row.get('subtitle') or ''}\n{row['body']}",
        )
        for row in _rows("articles.jsonl")
        if row["status"] == "published"
    )
    queries = (
        JudgedQuery(row["query"], row["query"], frozenset(row["expected"]))
        for row in _rows("golden_queries.jsonl")
        if _is_plain(row["query"])
    )
    return Collection(tuple(documents), tuple(queries))


def _is_plain(text: str) -> bool:
    """Whether the query is words alone, which can be joined by OR."""
    query = parse(text)
    children = query.children if isinstance(query, And) else (query,)
    return all(isinstance(child, Term) for child in children)


@pytest.fixture(scope="module")
def evaluations() -> dict[Analysis, Evaluation]:
    """The measures of the site and of the imitation of Lucene."""
    return {
        analysis: evaluate(_collection(), analysis=analysis) for analysis in Analysis
    }


class TestFloors:
    @pytest.mark.parametrize("measure", FLOORS)
    def test_measure_reaches_its_floor(
        self, evaluations: dict[Analysis, Evaluation], measure: str
    ) -> None:
        assert getattr(evaluations[Analysis.SIJILL], measure) >= FLOORS[measure]

    @pytest.mark.parametrize("measure", FLOORS)
    def test_measure_is_not_below_lucene(
        self, evaluations: dict[Analysis, Evaluation], measure: str
    ) -> None:
        ours, lucene = (getattr(evaluations[a], measure) for a in Analysis)
        assert ours >= lucene
