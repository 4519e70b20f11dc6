"""How far a job is, told to the database now and then; and whether to go on."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from search.models import Job

# Seconds between two looks at the database.
INTERVAL: Final = 0.5

T = TypeVar("T")


class Cancelled(Exception):
    """The reader does not want the file any more."""


class Progress:
    """Counts what is written of *job*; raises Cancelled where it is not wanted."""

    def __init__(
        self,
        job: Job,
        *,
        alive: Callable[[], bool] = lambda: True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._job = job
        self._alive = alive
        self._clock = clock
        self._told_at = clock()
        self.done = 0

    def counting(self, items: Iterable[T]) -> Iterator[T]:
        """The *items*, each counted when the next one is wanted.

        Raises KeyboardInterrupt where the process that started this one has ended.
        """
        for item in items:
            yield item
            self.done += 1
            if self._clock() - self._told_at >= INTERVAL:
                self.tell()

    def tell(self) -> None:
        """Write the count; raises as `counting` does."""
        self._told_at = self._clock()
        if not self._alive():
            raise KeyboardInterrupt
        Job.objects.filter(pk=self._job.pk).update(done=self.done)
        if Job.objects.filter(pk=self._job.pk, is_cancel_wanted=True).exists():
            raise Cancelled
