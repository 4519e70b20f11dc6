"""Back ends on a cluster, for tests of one engine and of both."""

from collections.abc import Callable, Iterator
from secrets import token_hex
from typing import Any

import pytest

from search.engines.opensearch.backend import OpenSearchBackend
from tests.search import engine_choice


@pytest.fixture(scope="session")
def make_cluster(
    opensearch_urls: list[str],
) -> Iterator[Callable[..., OpenSearchBackend]]:
    """Makes back ends with an index of their own, which are deleted at the end."""
    made: list[dict[str, Any]] = []

    def make(**more: Any) -> OpenSearchBackend:
        options = {
            "URL": opensearch_urls,
            "INDEX_NAME": f"x{token_hex(6)}",
            "SILENTLY_FAIL": False,
            "TIMEOUT": 60,
            **more,
        }
        made.append(options)
        return OpenSearchBackend("default", **options)

    yield make
    for options in made:
        engine_choice.remove({**options, "URL": opensearch_urls})
