"""Benchmarks: speed of searches and pages beside other engines, retrieval quality.

Nothing of it is installed with the site. ``python3 start.py bench`` runs it, and
docs/performance.md and docs/retrieval.md say how.
"""

__all__ = ["run"]
