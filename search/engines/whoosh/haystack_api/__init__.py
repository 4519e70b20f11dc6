"""Haystack's ``SearchQuerySet`` as Whoosh's queries: lookups, facets, highlighting.

``compiler`` and what it stands on, ``highlighting``, ``more_like_this`` and the periods
of ``facets`` serve every engine. The site's own pages use none of this.
"""

__all__ = [
    "compiler",
    "facets",
    "highlighting",
    "lookups",
    "more_like_this",
    "search",
]
