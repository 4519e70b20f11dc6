"""Searches that can be cited: kept with their results, and compared with today's."""

from search.cited.comparing import Comparison, compare, search_now
from search.cited.crate import write_crate
from search.cited.making import (
    TooManyResults,
    cite_search,
    most_results,
    read_hashes,
)
from search.cited.results import fingerprint, pack, unpack

__all__ = [
    "Comparison",
    "TooManyResults",
    "cite_search",
    "compare",
    "crate",
    "fingerprint",
    "most_results",
    "pack",
    "read_hashes",
    "search_now",
    "unpack",
    "write_crate",
]
