"""What the best hits are scored by a second time."""

from __future__ import annotations

from dataclasses import dataclass

from whoosh import query as q


@dataclass(frozen=True, slots=True)
class Rescore:
    """What the best hits are scored by a second time.

    ``related_terms`` are term queries, with their weights, for other words of the same
    root or light stem. Each tuple of ``adjacent_terms`` holds term queries in the order
    in which their words stand side by side in the query.
    """

    related_terms: tuple[q.Query, ...]
    adjacent_terms: tuple[tuple[q.Query, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.related_terms or self.adjacent_terms)
