"""Locks that let one process of a site at a time index, match or prepare files.

PostgreSQL keeps them for all machines (``database``); with SQLite they are files.
"""

from search.indexing.lock.holding import (
    LOCK_FILE,
    IndexerBusy,
    hold_file,
    hold_lock,
    indexer_lock,
)

__all__ = ["LOCK_FILE", "IndexerBusy", "hold_file", "hold_lock", "indexer_lock"]
