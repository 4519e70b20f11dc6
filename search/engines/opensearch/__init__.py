"""The engine for archives beyond one machine: our tokens on a cluster of OpenSearch.

``tokens`` and ``documents`` make what is indexed, ``words`` and ``compiler`` queries,
``asking`` whole requests and ``answering`` answers of them; ``cluster`` speaks to the
nodes, ``generations`` keeps the indexes, ``statistics`` knows the words of the archive.
``engine`` serves the site's pages, ``backend`` Haystack. Nothing is analyzed by the
server: docs/decisions/0120-opensearch-without-analysis.md.
"""

__all__ = ["backend"]
