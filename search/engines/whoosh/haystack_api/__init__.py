"""Haystack's ``SearchQuerySet`` in full: filters, lookups, facets, highlighting.

Everything here serves the back end; the site's own pages use none of it.
"""

__all__ = ["compiler", "more_like_this", "query", "query_text", "search"]
