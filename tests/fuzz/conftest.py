"""The small archive with a real index that requests are made to."""

from tests.search.conftest import built_index, library, no_index

__all__ = ["built_index", "library", "no_index"]
