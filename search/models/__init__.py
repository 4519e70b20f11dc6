"""Rows that search keeps: what waits for the index, and what readers follow."""

from search.models.following import Alert, Arrival, Digest, Frequency, SavedSearch
from search.models.outbox import OutboxEntry

__all__ = ["Alert", "Arrival", "Digest", "Frequency", "OutboxEntry", "SavedSearch"]
