"""Which engine the search tests run on: the embedded one, or that of a real cluster.

A test with the marker ``both_engines`` runs on both; with ``--engine opensearch`` every
test runs on the cluster.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from search.engines.opensearch.backend import OpenSearchBackend

WHOOSH: Final = "whoosh"
OPENSEARCH: Final = "opensearch"

# The nodes of the cluster, none while the tests run on the embedded engine.
_urls: list[str] = []


@contextmanager
def chosen(urls: list[str]) -> Iterator[None]:
    """Run on the cluster at *urls*, or embedded without any, within the block."""
    before = list(_urls)
    _urls[:] = urls
    yield
    _urls[:] = before


def is_cluster() -> bool:
    """Whether tests run on a cluster now."""
    return bool(_urls)


def options_under(data_dir: Path) -> dict[str, Any]:
    """The options of the site's connection with an index of its own."""
    own = {"IDENTITY": "archive.models.ensure_identity", "SILENTLY_FAIL": False}
    if not _urls:
        return {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": f"{data_dir}/index"}
    return {
        **own,
        "ENGINE": "search.engines.opensearch.backend.OpenSearchEngine",
        "URL": list(_urls),
        "INDEX_NAME": f"t{blake2b(str(data_dir).encode(), digest_size=8).hexdigest()}",
        # The machine of the tests may be busy.
        "TIMEOUT": 60,
    }


def remove(options: dict[str, Any]) -> None:
    """Delete all generations of a connection to a cluster."""
    if "URL" not in options:
        return
    backend = OpenSearchBackend("default", **options)
    name = backend.generations.name
    backend.cluster.ask(lambda client: client.indices.delete(index=f"{name}-*"))
