"""Haystack's ``SearchQuerySet`` for any engine: its query, its options, its calls.

``query`` keeps the conditions as a tree, which each engine compiles; ``backend`` is
what a back end answers from an `EngineSearch`.
"""

__all__ = ["backend", "options", "query", "query_text"]
