"""What the benchmark prints: medians, 95th percentiles, ratios, and who disagrees.

Public: `PeerFigures`, `Report`, `ratio`, `render`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.agreement import Disagreement
from benchmarks.measuring import percentile

MEDIAN: Final = 0.5
HIGH: Final = 0.95
ALL: Final = "all"
FILTERED: Final = "filtered"
# What the names of our own engine begin with.
OWN: Final = "sijill"
MEBIBYTE: Final = 1024 * 1024
_EXAMPLES: Final = 3
# By engine and what differs: why it must.
_REASONS: Final = {
    ("haystack", "source"): "its counts do not leave out a facet's own filter",
    ("haystack", "month"): "its counts do not leave out a facet's own filter",
}


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What was measured of one engine, in milliseconds, seconds and bytes.

    ``hot`` has for each class one time a question, the median of its rounds; the
    build is ``None`` where the engine searches another's index.
    """

    name: str
    hot: Mapping[str, tuple[float, ...]]
    cold: tuple[float, ...]
    build_seconds: float | None
    build_memory: int
    index_bytes: int
    memory: int


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: the machine in words, the collection, and each engine."""

    machine: str
    articles: int
    text_bytes: int
    questions: int
    rounds: int
    peers: tuple[PeerFigures, ...]
    disagreements: tuple[Disagreement, ...]


def ratio(other: float, own: float) -> float:
    """How many times as long *other* takes; 0 where *own* took no time at all.

    >>> ratio(30.0, 2.0)
    15.0
    """
    return other / own if own else 0.0


def render(report: Report) -> str:
    """The report as Markdown."""
    return "\n".join(
        line
        for part in (_head, _times, _ratios, _indexes, _disagreements)
        for line in (*part(report), "")
    )


def _head(report: Report) -> Iterator[str]:
    yield (
        f"{report.articles:,} articles, {report.text_bytes / MEBIBYTE:.1f} MiB of "
        f"text; {report.questions} questions, {report.rounds} rounds. {report.machine}"
    )


def _table(titles: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield "|---" * len(titles) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _kinds(report: Report) -> list[str]:
    return [*report.peers[0].hot, ALL]


def _hot(peer: PeerFigures, kind: str) -> list[float]:
    if kind != ALL:
        return list(peer.hot[kind])
    return [time for times in peer.hot.values() for time in times]


def _medians(peer: PeerFigures, kinds: Sequence[str]) -> list[float]:
    """The medians of the classes, hot, and that of fresh processes."""
    hot = [percentile(_hot(peer, kind), MEDIAN) for kind in kinds]
    return [*hot, percentile(peer.cold, MEDIAN)]


def _times(report: Report) -> Iterator[str]:
    kinds = _kinds(report)
    rows = (
        [
            peer.name,
            *(
                f"{percentile(_hot(peer, kind), MEDIAN):.2f} / "
                f"{percentile(_hot(peer, kind), HIGH):.2f}"
                for kind in kinds
            ),
            f"{percentile(peer.cold, MEDIAN):.1f}",
        ]
        for peer in report.peers
    )
    yield from _table(["ms: median / p95", *kinds, "cold"], rows)


def _ratios(report: Report) -> Iterator[str]:
    """The medians of each other engine as multiples of ours."""
    own = [peer for peer in report.peers if peer.name.startswith(OWN)]
    others = [peer for peer in report.peers if peer not in own]
    kinds = _kinds(report)
    rows = (
        [
            f"{other.name} ÷ {ours.name}",
            *(
                f"{ratio(theirs, mine):.2f}"
                for theirs, mine in zip(
                    _medians(other, kinds), _medians(ours, kinds), strict=True
                )
            ),
        ]
        for ours in own
        for other in others
    )
    yield from _table(["times ours", *kinds, "cold"], rows)


def _indexes(report: Report) -> Iterator[str]:
    own = next((one for one in report.peers if one.build_seconds), None)
    rows = (
        [
            peer.name,
            f"{report.articles / peer.build_seconds:,.0f}",
            f"{ratio(own.build_seconds or 0, peer.build_seconds):.2f}",
            f"{peer.index_bytes / MEBIBYTE:.1f}",
            f"{peer.index_bytes / report.text_bytes:.2f}",
            f"{ratio(own.index_bytes, peer.index_bytes):.2f}",
            f"{peer.build_memory / MEBIBYTE:.0f}",
            f"{peer.memory / MEBIBYTE:.0f}",
        ]
        for peer in report.peers
        if peer.build_seconds and own
    )
    titles = [
        "index",
        "documents/s",
        "× ours",
        "MiB",
        "÷ text",
        "ours ÷ its",
        "build MiB",
        "serve MiB",
    ]
    yield from _table(titles, rows)


def _disagreements(report: Report) -> Iterator[str]:
    if not report.disagreements:
        yield "All engines agree on every total and count."
        return
    groups = Counter(
        (one.peer, one.question.kind, one.what) for one in report.disagreements
    )
    for (peer, kind, what), count in groups.items():
        reason = _REASONS.get((peer, what), "")
        yield (
            f"{peer} differs in {what} of {count} questions of {kind!r}"
            f"{f' ({reason})' if reason and kind == FILTERED else ''}:"
        )
        same = (
            one
            for one in report.disagreements
            if (one.peer, one.question.kind, one.what) == (peer, kind, what)
        )
        for one, _ in zip(same, range(_EXAMPLES), strict=False):
            words = " ".join(one.question.words)
            yield f"  {words}: {one.found:,} for {one.expected:,}"
