"""``SearchQuerySet`` on a cluster: Whoosh's queries of conditions as OpenSearch's.

``translate`` has a function for each kind of query, ``counting`` the facets, ``search``
the results. Lookups are compiled by ``search.engines.whoosh.haystack_api``, so that
they mean the same on both engines.
"""

__all__ = ["search"]
