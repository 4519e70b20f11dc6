"""Rows that search keeps: what waits for the index, what readers keep and follow."""

from search.models.api_key import ApiKey
from search.models.cited import CitedSearch
from search.models.following import Alert, Arrival, Digest, Frequency, SavedSearch
from search.models.harvest import HarvestRecord
from search.models.jobs import Job, JobKind, JobState
from search.models.keeping import BasketItem, Keeper, PastSearch, SharedList
from search.models.outbox import OutboxEntry

__all__ = [
    "Alert",
    "ApiKey",
    "Arrival",
    "BasketItem",
    "CitedSearch",
    "Digest",
    "Frequency",
    "HarvestRecord",
    "Job",
    "JobKind",
    "JobState",
    "Keeper",
    "OutboxEntry",
    "PastSearch",
    "SavedSearch",
    "SharedList",
]
