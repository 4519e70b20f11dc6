"""Queries evaluated on arrays: match, filter, score, rescore, cut to a page, count.

``search`` is the way in and names the steps; it is read first.
"""

__all__ = [
    "filters",
    "matching",
    "positions",
    "postings_reader",
    "scoring",
    "search",
    "term_postings",
    "term_statistics",
    "top_k",
]
