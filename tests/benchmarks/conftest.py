"""The library of the tests of search, for tests that measure pages."""

from tests.search.conftest import built_index, library, no_index

__all__ = ["built_index", "library", "no_index"]
