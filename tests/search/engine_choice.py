"""Which engine the search tests run on: the embedded one, or that of a real cluster.

A test with the marker ``both_engines`` runs on both; with ``--engine opensearch`` every
test runs on the cluster.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from haystack import connections

from search.engines.opensearch import generations as cluster_generations
from search.engines.opensearch.backend import OpenSearchBackend
from search.engines.whoosh.index import generations
from search.errors import IndexUnavailable

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


def age_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the site's index be one of an older version of the code."""
    module = cluster_generations if is_cluster() else generations
    monkeypatch.setattr(module, "ANALYZER_VERSION", 999)


class SharedIndex:
    """One index of the library on the cluster, for tests that leave it as it is."""

    name: Final = f"tlibrary{os.getpid()}"

    def __init__(self) -> None:
        self._state: object = None

    @contextmanager
    def used(self, fill: Callable[[], object]) -> Iterator[None]:
        """Let the site use it within the block, filled again where it was changed."""
        before = connections.connections_info
        options = {**before["default"], "INDEX_NAME": self.name}
        connections.connections_info = {**before, "default": options}
        connections.reload("default")
        backend = OpenSearchBackend("default", **options)
        if self._state is None or self._state != _state_of(backend):
            remove(options)
            fill()
            self._state = _state_of(backend)
        yield
        connections.connections_info = before


def _state_of(backend: OpenSearchBackend) -> object:
    """What changes with each write: the generation, and how many were written to it."""
    name = backend.generations.name
    try:
        generation = backend.status().generation
    except IndexUnavailable:
        return None
    found = backend.cluster.ask(lambda client: client.indices.stats(index=name))
    counts = found["_all"]["primaries"]["indexing"]
    return generation, counts["index_total"], counts["delete_total"]
