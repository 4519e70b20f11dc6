"""Articles to the index: outbox, indexer, rebuild and reconciliation.

A change adds rows to the outbox in its own transaction; the indexer applies them to the
engine after the commit and then deletes them.
"""

__all__ = [
    "agreement",
    "connections",
    "documents",
    "harvest",
    "heartbeat",
    "indexer",
    "lock",
    "rebuild",
    "reconcile",
    "signals",
    "wakeup",
]
