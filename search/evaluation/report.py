"""What ``manage.py evaluate_retrieval`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from search.evaluation.evaluating import Evaluation


def build_json(found: Evaluation) -> dict[str, Any]:
    """All figures under their names; shares from 0 to 1, times in seconds."""
    return {**asdict(found), "queries_per_second": found.queries_per_second}
