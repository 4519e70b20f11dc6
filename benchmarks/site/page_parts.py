"""Where the time of a results page goes, and how many queries it asks of the database.

A part's clock stands still while another part is at work inside it, and counts the
processor's time, so that other work on the machine changes little. Public: `Parts`,
`measure_parts`.
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

OK: Final = 200
DATABASE: Final = "database"
REST: Final = "the rest"

# By part: what is timed, and the name it is found by.
_PARTS: Final[Mapping[str, tuple[tuple[Any, str], ...]]] = {
    "engine: hits and counts": ((SiteEngine, "run"),),
    "engine: words": ((SiteEngine, "explain"), (SiteEngine, "find_spellings")),
    "objects of rows": ((QuerySet, "_fetch_all"),),
    "titles and snippets": ((searcher, "build_rows"),),
    "facets, dates, words": (
        (searcher, "build_facets"),
        (searcher, "build_date_facet"),
        (searcher, "find_help"),
    ),
    "template": ((Template, "render"),),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Milliseconds of each part on an average page, and the most queries of one."""

    milliseconds: dict[str, float]
    most_queries: int


def measure_parts(addresses: Sequence[str]) -> Parts:
    """The parts of the pages at *addresses*, each of which is asked twice.

    The first time does not count. Raises RuntimeError where one is no page.
    """
    client = Client()
    for address in addresses:
        _get(client, address)
    clock = _Clock()
    queries = []
    with clock.watching():
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
    # A secure request is not sent on to https where the site wants that.
    status = client.get(address, secure=True).status_code
    if status != OK:
        raise RuntimeError(f"{address} answers with status {status}.")


@dataclass(slots=True)
class _Clock:
    """Seconds spent in each part, without those of the parts inside it."""

    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    queries: int = 0
    _open: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Whatever runs meanwhile is of the part."""
        self._tick()
        self._open.append(name)
        try:
            yield
        finally:
            self._tick()
            self._open.pop()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Everything that is called meanwhile is of the part that it belongs to."""
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(self._see_query))
            for part, places in _PARTS.items():
                for owner, name in places:
                    timed = self._timed(part, getattr(owner, name))
                    stack.enter_context(patch.object(owner, name, timed))
            yield

    def _tick(self) -> None:
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

    def _see_query(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.queries += 1
        with self.part(DATABASE):
            return execute(*args)
