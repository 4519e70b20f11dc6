"""New articles against all saved searches, as one batch.

A temporary index of the new articles alone answers every saved search in a
millisecond or two, with the code that answers them on the site: see
docs/decisions/0082-alerts-in-batches.md.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from search import searcher
from search.engines.contract import Engine
from search.errors import QueryTooExpensive
from search.following.arrivals import take_in
from search.forms import read_query_string
from search.indexing.connections import scratch_engine
from search.indexing.documents import iter_documents, iter_published
from search.indexing.lock import hold_lock
from search.models import Alert, Arrival, SavedSearch

# Arrivals that are indexed together; texts of newspapers take some ten megabytes.
BATCH: Final = 2_000
_LOCK_FILE: Final = "alerts.lock"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MatchResult:
    """How many articles were new, and how many alerts they made.

    ``unread`` counts saved searches that could not be run on them.
    """

    arrivals: int = 0
    alerts: int = 0
    unread: int = 0


def match_arrivals() -> MatchResult:
    """Ask all saved searches about the articles that have arrived since the last time.

    One process at a time: raises IndexerBusy where another one is at it. A batch and
    its alerts are written in one transaction, so that a crash repeats or skips nothing.
    """
    with hold_lock(_LOCK_FILE):
        take_in()
        total = MatchResult()
        while batch := list(Arrival.objects.filter(is_matched=False)[:BATCH]):
            found = _match(batch)
            total = MatchResult(
                total.arrivals + len(batch),
                total.alerts + found.alerts,
                total.unread + found.unread,
            )
        return total


def _match(batch: Sequence[Arrival]) -> MatchResult:
    searches = list(SavedSearch.objects.filter(baseline__lt=batch[-1].pk))
    numbers = {arrival.article_id: arrival.pk for arrival in batch}
    alerts: list[Alert] = []
    unread = 0
    if searches:
        with scratch_engine() as engine:
            engine.build([iter_documents(iter_published(numbers))])
            for saved in searches:
                hits = _run(engine, saved)
                unread += hits is None
                alerts += _alerts(saved, hits or [], numbers)
    with transaction.atomic():
        Alert.objects.bulk_create(alerts, batch_size=500, ignore_conflicts=True)
        matched = Arrival.objects.filter(pk__in=[arrival.pk for arrival in batch])
        matched.update(is_matched=True)
    return MatchResult(alerts=len(alerts), unread=unread)


def _alerts(
    saved: SavedSearch, hits: Sequence[int], numbers: dict[int, int]
) -> Iterator[Alert]:
    """Alerts in the order of arrival, without what was there before the search."""
    for article_id in sorted(hits, key=numbers.__getitem__):
        if numbers[article_id] > saved.baseline:
            yield Alert(search=saved, article_id=article_id)


def _run(engine: Engine, saved: SavedSearch) -> list[int] | None:
    """The articles of *engine* that the search finds; None where it cannot be run."""
    request = read_query_string(saved.query_string)
    if request is None:
        _log.warning("The saved search %s cannot be read any more.", saved.pk)
        return None
    try:
        return list(engine.iter_ids(searcher.build_engine_request(request)))
    except QueryTooExpensive:
        _log.warning("The saved search %s takes too long.", saved.pk)
        return None
