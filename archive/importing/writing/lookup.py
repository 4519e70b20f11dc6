"""What the directories of sources, topics and actors share: counting what they add.

Public: `Lookup`.
"""

from abc import ABC, abstractmethod


class Lookup(ABC):
    """Rows in memory to find records in; what it lacks is added.

    Invariant: `added` counts rows of committed batches only.
    """

    def __init__(self) -> None:
        self.added = 0
        self._fresh = 0
        self._load()

    @abstractmethod
    def _load(self) -> None:
        """Begin with what the database holds, or with nothing."""

    def keep(self) -> None:
        """The batch is committed: what it added counts."""
        self.added += self._fresh
        self._fresh = 0

    def reload(self) -> None:
        """The batch is rolled back: forget what it added."""
        self._fresh = 0
        self._load()
