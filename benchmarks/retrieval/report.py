"""The report of ``start.py bench retrieval``, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from benchmarks.retrieval.evaluation import Evaluation

LABEL_WIDTH: Final = 22
# Of measures, and of times in JSON.
DECIMALS: Final = 4


def iter_text(evaluation: Evaluation, name: str) -> Iterator[str]:
    """The lines of the report on the collection called *name*."""
    e = evaluation
    version = e.analyzer_version
    facts = {
        "Collection": name,
        "Analysis": e.analysis.value if version is None else f"Sijill {version}",
        "Engine": e.engine,
        "Documents": f"{e.documents}, of which {e.distractors} distractors",
        "Queries": f"{e.queries}, of which {e.unanswered} found nothing",
        "Queries left out": f"{e.unjudged} without a relevant document",
        "Seconds": f"{e.index_seconds:.1f} to index, {e.query_seconds:.1f} to ask",
    }
    measures = {
        "MRR@10": f"{e.mrr_at_10:.{DECIMALS}f}",
        "success@1": f"{e.success_at_1:.{DECIMALS}f}",
        "success@10": f"{e.success_at_10:.{DECIMALS}f}",
        "Queries per second": f"{e.queries_per_second:.0f}",
    }
    yield from _align(facts)
    yield ""
    yield from _align(measures)


def build_json(evaluation: Evaluation, name: str) -> dict[str, Any]:
    """The fields of *evaluation* and the collection's *name*; floats are rounded."""
    fields = {**asdict(evaluation), "queries_per_second": evaluation.queries_per_second}
    rounded = {
        key: round(value, DECIMALS) if isinstance(value, float) else value
        for key, value in fields.items()
    }
    return {"collection": name, **rounded}


def _align(rows: dict[str, str]) -> Iterator[str]:
    for label, value in rows.items():
        yield f"{label:<{LABEL_WIDTH}}{value}"
