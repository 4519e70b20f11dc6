"""The embedded engine: Whoosh's schema, commits and locks, our segments and evaluation.

Rooms from the ground up: ``codec`` (bytes of a segment), ``writing`` (documents to
segments), ``index`` (commits and snapshots), ``query`` (what is evaluated),
``execution`` (a query evaluated on arrays), ``haystack_api`` (SearchQuerySet in full).
``engine`` serves the site's pages, ``backend`` Haystack.
"""

__all__ = [
    "arrays",
    "corpus",
    "engine",
    "execution",
    "field_values",
    "haystack_api",
    "query",
    "schema",
]
