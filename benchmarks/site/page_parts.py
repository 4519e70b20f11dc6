"""The processor time of each part of a results page, and its database queries.

Parts nest: the time of an inner part is not counted for the outer one. Processor time
hardly depends on other work on the machine.
"""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from unittest.mock import patch

from django.db import connection
from django.db.models import QuerySet
from django.template.backends.django import Template
from django.test import Client

from benchmarks.measuring import MILLISECONDS
from search import searcher
from search.engines.whoosh.engine import SiteEngine
from search.results import hit_rows

OK: Final = 200
DATABASE: Final = "database"
REST: Final = "the rest"

# Part → owner and name of each function that is timed.
_PARTS: Final[Mapping[str, tuple[tuple[Any, str], ...]]] = {
    "engine: hits and counts": ((SiteEngine, "run"),),
    "engine: words": ((SiteEngine, "explain"), (SiteEngine, "find_spellings")),
    "objects of rows": ((QuerySet, "_fetch_all"),),
    "titles and snippets": ((hit_rows, "build_rows"),),
    "facets, dates, words": (
        (searcher, "build_facets"),
        (searcher, "build_date_facet"),
        (searcher, "find_help"),
    ),
    "template": ((Template, "render"),),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Mean milliseconds of each part, and the most queries of a page."""

    milliseconds: dict[str, float]
    most_queries: int


def measure_parts(addresses: Sequence[str]) -> Parts:
    """The parts of the pages at *addresses*, warm: each is requested once before.

    Raises RuntimeError where a status is not 200.
    """
    client = Client()
    for address in addresses:
        _get(client, address)
    clock = _Clock()
    queries = []
    with clock.running():
        for address in addresses:
            before = clock.queries
            with clock.part(REST):
                _get(client, address)
            queries.append(clock.queries - before)
    pages = max(1, len(addresses))
    return Parts(
        {part: spent * MILLISECONDS / pages for part, spent in clock.spent.items()},
        max(queries, default=0),
    )


def _get(client: Client, address: str) -> None:
    # A plain request may be redirected to https.
    status = client.get(address, secure=True).status_code
    if status != OK:
        raise RuntimeError(f"{address} answers with status {status}.")


@dataclass(slots=True)
class _Clock:
    """Seconds spent in each part, without those of inner parts."""

    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    queries: int = 0
    _open: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the time of the block for the part *name*."""
        self._tick()
        self._open.append(name)
        try:
            yield
        finally:
            self._tick()
            self._open.pop()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time the functions of all parts, and all queries, during the block."""
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(self._time_query))
            for part, functions in _PARTS.items():
                for owner, name in functions:
                    timed = self._timed(part, getattr(owner, name))
                    stack.enter_context(patch.object(owner, name, timed))
            yield

    def _tick(self) -> None:
        """Add the time since the last tick to the innermost open part."""
        now = time.thread_time()
        if self._open:
            self.spent[self._open[-1]] += now - self._since
        self._since = now

    def _timed(self, part: str, action: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(action)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.part(part):
                return action(*args, **kwargs)

        return timed

    def _time_query(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.queries += 1
        with self.part(DATABASE):
            return execute(*args)
