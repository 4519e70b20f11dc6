"""The base class of the lookups of sources, topics and actors."""

from abc import ABC, abstractmethod


class Lookup(ABC):
    """Rows in memory, found by the identifiers and names of records, or added.

    Call `commit` after the transaction of a batch, `roll_back` after its rollback.
    Invariant: `added` counts rows of committed batches only.
    """

    def __init__(self) -> None:
        self.added = 0
        self._added_in_batch = 0
        self.load()

    @abstractmethod
    def load(self) -> None:
        """Load the rows of the database, or begin without any."""

    def commit(self) -> None:
        """Count the rows that the batch has added."""
        self.added += self._added_in_batch
        self._added_in_batch = 0

    def roll_back(self) -> None:
        """Forget the rows that the batch has added."""
        self._added_in_batch = 0
        self.load()
