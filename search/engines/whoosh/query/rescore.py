"""What the best hits are scored by a second time."""

from __future__ import annotations

from dataclasses import dataclass

from whoosh import query as q


@dataclass(frozen=True, slots=True)
class Rescore:
    """What the best hits are scored by a second time.

    ``root_terms`` are term queries for other words of the same root. Each tuple of
    ``adjacent_terms`` holds term queries in the order in which their words stand side
    by side in the query.
    """

    root_terms: tuple[q.Query, ...]
    adjacent_terms: tuple[tuple[q.Query, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.root_terms or self.adjacent_terms)
