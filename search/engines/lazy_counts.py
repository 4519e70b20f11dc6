"""Counts that are computed when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property


class LazyCounts(Mapping[int, int]):
    """Counts by ascending key, computed when they are first read."""

    def __init__(self, count: Callable[[], dict[int, int]]) -> None:
        self._count = count

    @cached_property
    def _counts(self) -> dict[int, int]:
        return self._count()

    def __getitem__(self, key: int) -> int:
        return self._counts[key]

    def __iter__(self) -> Iterator[int]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)
