"""Retrieval quality on test collections: mean reciprocal rank, success at k.

A collection is read, indexed apart from the site's own index, searched and scored,
beside an imitation of Lucene's Arabic analysis and ranking.
"""

__all__ = ["normalizer"]
