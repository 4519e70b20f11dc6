"""The library of the tests of search, for tests that measure pages."""

from tests.search.conftest import (
    built_index,
    engine_name,
    library,
    no_index,
    shared_index,
)

__all__ = ["built_index", "engine_name", "library", "no_index", "shared_index"]
