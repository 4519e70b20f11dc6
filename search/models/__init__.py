"""Rows that search keeps: what waits for the index, what readers follow and cite."""

from search.models.cited import CitedSearch
from search.models.following import Alert, Arrival, Digest, Frequency, SavedSearch
from search.models.outbox import OutboxEntry

__all__ = [
    "Alert",
    "Arrival",
    "CitedSearch",
    "Digest",
    "Frequency",
    "OutboxEntry",
    "SavedSearch",
]
