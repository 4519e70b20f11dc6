"""The sample's golden queries as a test collection: no figure falls under its floor.

The floors are what was measured when they were set, cut to two places.
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
    """Whether the query is words alone, so that any of its words may be asked for."""
    query = parse(text)
    children = query.children if isinstance(query, And) else (query,)
    return all(isinstance(child, Term) for child in children)


@pytest.fixture(scope="module")
def measured() -> dict[Analysis, Evaluation]:
    """The figures of the site and of the imitation of Lucene."""
    return {one: evaluate(_collection(), analysis=one) for one in Analysis}


class TestFloors:
    @pytest.mark.parametrize("figure", FLOORS)
    def test_no_figure_falls_under_its_floor(
        self, measured: dict[Analysis, Evaluation], figure: str
    ) -> None:
        assert getattr(measured[Analysis.SIJILL], figure) >= FLOORS[figure]

    @pytest.mark.parametrize("figure", FLOORS)
    def test_no_figure_is_below_that_of_lucene(
        self, measured: dict[Analysis, Evaluation], figure: str
    ) -> None:
        ours, theirs = (getattr(measured[one], figure) for one in Analysis)
        assert ours >= theirs
