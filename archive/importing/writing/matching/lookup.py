"""The base class of the lookups of sources, topics and actors."""

from abc import ABC, abstractmethod

from django.db import models


class Lookup(ABC):
    """Rows in memory, found by the identifiers and names of records, or added.

    Call `commit` after the transaction of a batch, `roll_back` after its rollback.
    Invariant: `added_ids` are those of rows of committed batches only.
    """

    def __init__(self) -> None:
        self.added_ids: list[int] = []
        self._added_in_batch: list[models.Model] = []
        self.load()

    @property
    def added(self) -> int:
        """The number of rows that were added."""
        return len(self.added_ids)

    @abstractmethod
    def load(self) -> None:
        """Load the rows of the database, or begin without any."""

    def commit(self) -> None:
        """Keep the ids of the rows that the batch has added."""
        self.added_ids += [row.pk for row in self._added_in_batch]
        self._added_in_batch = []

    def roll_back(self) -> None:
        """Forget the rows that the batch has added."""
        self._added_in_batch = []
        self.load()
