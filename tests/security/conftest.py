"""The library of the tests of search, and a footer that remembers nothing."""

import pytest
from django.core.cache import cache

from tests.search.conftest import (
    built_index,
    engine_name,
    library,
    no_index,
    shared_index,
)

__all__ = ["built_index", "engine_name", "library", "no_index", "shared_index"]


@pytest.fixture(autouse=True)
def _forget_holdings() -> None:
    """The numbers in the footer are remembered for a minute, across tests too."""
    cache.clear()
