"""The report of ``start.py bench retrieval``, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from benchmarks.retrieval.evaluation import Evaluation

LABEL_WIDTH: Final = 22
# Decimals of shares and means; of times in JSON, where more would be noise.
DECIMALS: Final = 4


def iter_text(found: Evaluation, name: str) -> Iterator[str]:
    """The lines of the report on the collection *name*."""
    version = found.analyzer_version
    facts = {
        "Collection": name,
        "Analysis": found.analysis.value if version is None else f"Sijill {version}",
        "Engine": found.engine,
        "Documents": f"{found.documents}, of which {found.distractors} distractors",
        "Queries": f"{found.queries}, of which {found.unanswered} found nothing",
        "Queries left out": f"{found.unjudged} without a relevant document",
        "Seconds": f"{found.index_seconds:.1f} to index, {found.query_seconds:.1f} to"
        " ask",
    }
    figures = {
        "MRR@10": f"{found.mrr_at_10:.{DECIMALS}f}",
        "success@1": f"{found.success_at_1:.{DECIMALS}f}",
        "success@10": f"{found.success_at_10:.{DECIMALS}f}",
        "Queries per second": f"{found.queries_per_second:.0f}",
    }
    yield from _align(facts)
    yield ""
    yield from _align(figures)


def build_json(found: Evaluation, name: str) -> dict[str, Any]:
    """All figures under their names; shares from 0 to 1, times in seconds."""
    facts = {**asdict(found), "queries_per_second": found.queries_per_second}
    rounded = {
        key: round(value, DECIMALS) if isinstance(value, float) else value
        for key, value in facts.items()
    }
    return {"collection": name, **rounded}


def _align(lines: dict[str, str]) -> Iterator[str]:
    for label, value in lines.items():
        yield f"{label:<{LABEL_WIDTH}}{value}"
