"""The interface of a compared engine: build, open, ask; and its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from benchmarks.data.collection import Article
from benchmarks.data.questions import Question

# Hits on a page.
TOP: Final = 20
# Articles handed to an engine at a time, where it takes batches.
BATCH: Final = 1000
# More than the distinct values of any facet, so that all counts are returned.
ALL_VALUES: Final = 100_000

# Value → number of articles.
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """The total, the numbers of the ``TOP`` best articles, and counts by facet.

    The counts of a facet ignore its own filter, as on the site's pages.
    """

    total: int
    best: tuple[int, ...] = ()
    counts: Mapping[str, Counts] = field(default_factory=dict)


class Peer(Protocol):
    """An engine whose index is in a folder."""

    def build(self, articles: Iterable[Article]) -> None:
        """Build the index of *articles*."""
        ...

    def open(self) -> None:
        """Open the index, as in a fresh process."""
        ...

    def ask(self, question: Question) -> Answer:
        """The answer to *question*. Needs `open`."""
        ...
