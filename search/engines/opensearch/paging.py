"""All hits or values of a search, however many, in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from search.engines.opensearch.answering import Counts
from search.engines.opensearch.cluster import BUSY, Cluster, check_answer
from search.engines.opensearch.query.words import Json

# The server counts no further from the first hit (index.max_result_window).
WINDOW: Final = 10_000
# How long the server keeps a point in time between two batches.
_KEEP_ALIVE: Final = "2m"
# Statistics of all shards, or each would weigh a word by how rare it is there; and no
# answer without one of them.
_WHOLE: Final = {
    "search_type": "dfs_query_then_fetch",
    "allow_partial_search_results": "false",
}


def iter_hits(cluster: Cluster, index: str, body: Json) -> Iterator[dict[str, Any]]:
    """The hits of *body*, whose sort must end with a unique value.

    ``size`` of *body* is how many come at once: what the server allows without it.

    Documents that are written meanwhile are not among them.
    """
    opened = cluster.ask(
        lambda client: client.create_pit(index=index, keep_alive=_KEEP_ALIVE)
    )
    pit = opened["pit_id"]
    try:
        yield from _iter_batches(cluster, {"size": WINDOW, **body}, pit)
    finally:
        cluster.ask(
            lambda client: client.delete_pit(
                body={"pit_id": [pit]}, params={"ignore": 404}
            )
        )


def _iter_batches(cluster: Cluster, body: Json, pit: str) -> Iterator[dict[str, Any]]:
    body = {**body, "pit": {"id": pit, "keep_alive": _KEEP_ALIVE}}
    # Counted once by whoever wants the total.
    body["track_total_hits"] = False
    while True:
        asked = body
        answer = check_answer(
            cluster.ask(lambda client: client.search(body=asked, params=dict(_WHOLE)))  # noqa: B023 - called at once
        )
        hits = answer["hits"]["hits"]
        yield from hits
        if len(hits) < body["size"]:
            return
        body = {**body, "search_after": hits[-1]["sort"]}


def count_all(cluster: Cluster, index: str, query: Json, field: str) -> Counts:
    """How many documents that match *query* have each value of *field*: all values."""
    counts: Counts = {}
    source: Json = {
        "size": WINDOW,
        "sources": [{"value": {"terms": {"field": field}}}],
    }
    while True:
        body = {"size": 0, "query": query, "aggs": {"all": {"composite": source}}}
        [answer] = search_many(cluster, index, [body])
        found = answer["aggregations"]["all"]
        counts |= {each["key"]["value"]: each["doc_count"] for each in found["buckets"]}
        if "after_key" not in found:
            return counts
        source = {**source, "after": found["after_key"]}


def search_many(
    cluster: Cluster, index: str, bodies: Sequence[Json]
) -> list[dict[str, Any]]:
    """The whole answers to searches that are sent together."""
    header = {"index": index, **_WHOLE}
    lines = [line for body in bodies for line in (header, body)]
    answered = cluster.ask(lambda client: _send(client, lines))
    return list(map(check_answer, answered))


def _send(client: OpenSearch, lines: Sequence[Json]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = client.msearch(body=lines)["responses"]
    for answer in answers:
        if answer.get("status") in BUSY:
            raise TransportError(answer["status"], str(answer["error"]), answer)
    return answers
