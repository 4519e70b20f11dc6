"""The small archive with a real index that requests are made to."""

from tests.search.conftest import (
    built_index,
    engine_name,
    library,
    no_index,
    shared_index,
)

__all__ = ["built_index", "engine_name", "library", "no_index", "shared_index"]
