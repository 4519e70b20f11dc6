"""What ``manage.py evaluate_retrieval`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from django.utils.translation import gettext as _

from benchmarks.retrieval.evaluation import Evaluation

LABEL_WIDTH: Final = 22
# Decimals of shares and means; of times in JSON, where more would be noise.
DECIMALS: Final = 4


def iter_text(found: Evaluation, name: str) -> Iterator[str]:
    """The lines of the report on the collection *name*."""
    version = found.analyzer_version
    facts = {
        _("Collection"): name,
        _("Analysis"): found.analysis.value if version is None else f"Sijill {version}",
        _("Engine"): found.engine,
        _("Documents"): _("%(documents)d, of which %(distractors)d distractors")
        % {"documents": found.documents, "distractors": found.distractors},
        _("Queries"): _("%(queries)d, of which %(unanswered)d found nothing")
        % {"queries": found.queries, "unanswered": found.unanswered},
        _("Queries left out"): _("%(unjudged)d without a relevant document")
        % {"unjudged": found.unjudged},
        _("Seconds"): _("%(index).1f to index, %(query).1f to ask")
        % {"index": found.index_seconds, "query": found.query_seconds},
    }
    figures = {
        "MRR@10": f"{found.mrr_at_10:.{DECIMALS}f}",
        "success@1": f"{found.success_at_1:.{DECIMALS}f}",
        "success@10": f"{found.success_at_10:.{DECIMALS}f}",
        _("Queries per second"): f"{found.queries_per_second:.0f}",
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
