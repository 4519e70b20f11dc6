"""The archive of the tests of search, for what measures pages."""

from tests.search.conftest import built_index, library, no_index

__all__ = ["built_index", "library", "no_index"]
