"""What an engine does in the benchmark, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from benchmarks.data.collection import Article
from benchmarks.data.questions import Question

# Articles on a page.
TOP: Final = 20
# Articles that an engine is handed at a time, where it takes them so.
BATCH: Final = 1000
# More values than any facet has: every count is asked for.
ALL_VALUES: Final = 100_000

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """The numbers of the best articles, how many there are, and the counts by name.

    A facet's counts leave out its own filter, as the site's pages show them.
    """

    total: int
    best: tuple[int, ...] = ()
    counts: Mapping[str, Counts] = field(default_factory=dict)


class Peer(Protocol):
    """An engine with its index in a folder."""

    def build(self, articles: Iterable[Article]) -> None:
        """Make the index of *articles*, ready to be searched."""
        ...

    def open(self) -> None:
        """Make ready to answer, as a fresh process does."""
        ...

    def ask(self, question: Question) -> Answer:
        """The answer to *question*."""
        ...
