"""Search: finds what the archive holds.

A reader's text becomes a query tree (``query``), the tree and its filters a
`SearchRequest`, which ``searcher`` runs on an engine (``engines``) and turns into
results (``results``) with highlighted texts (``highlight``). ``indexing`` keeps the
index as the database is.
"""

__all__ = [
    "api",
    "api_keys",
    "arabic",
    "date_keys",
    "engines",
    "errors",
    "export",
    "feeds",
    "fields",
    "indexing",
    "query",
    "request",
    "results",
    "searcher",
    "taking",
    "views",
]
