"""What the benchmark prints: medians, 95th percentiles, ratios, and who disagrees.

Public: `PeerFigures`, `Report`, `ratio`, `render`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.aims import AIMS, BYTES, COLD, INDEXING, SHARE_OF_TEXT, Aim
from benchmarks.engines.agreement import ALIKE, Disagreement, Overlap
from benchmarks.engines.process import Built
from benchmarks.measuring import percentile

MEDIAN: Final = 0.5
HIGH: Final = 0.95
ALL: Final = "all"
FILTERED: Final = "filtered"
MEBIBYTE: Final = 1024 * 1024
_EXAMPLES: Final = 3
_MET: Final = "✓"
_MISSED: Final = "✗"
# From this on a ratio is printed without decimals.
_LARGE: Final = 10
# By engine and what differs: why it must.
_REASONS: Final = {
    ("haystack", "source"): "its counts do not leave out a facet's own filter",
    ("haystack", "month"): "its counts do not leave out a facet's own filter",
}

_ByKind = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What was measured of one engine, in milliseconds, seconds and bytes.

    ``first`` has for each class the time of each question when it was new, ``hot`` the
    median of its later times; ``built`` is ``None`` where the engine searches
    another's index, ``kept`` says that it was built in an earlier run.
    """

    name: str
    first: _ByKind
    hot: _ByKind
    cold: tuple[float, ...]
    built: Built | None
    kept: bool
    peak_memory: int
    own_memory: int


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: the machine in words, the collection, and each engine."""

    machine: str
    articles: int
    text_bytes: int
    questions: int
    rounds: int
    clock: str
    peers: tuple[PeerFigures, ...]
    disagreements: tuple[Disagreement, ...]
    overlaps: tuple[Overlap, ...]


def ratio(other: float, own: float) -> float:
    """How many times as long *other* takes; 0 where *own* took no time at all.

    >>> ratio(30.0, 2.0)
    15.0
    """
    return other / own if own else 0.0


def render(report: Report) -> str:
    """The report as Markdown."""
    parts = (_head, _times, _ratios, _indexes, _shared, _disagreements)
    return "\n".join(line for part in parts for line in (*part(report), ""))


def _head(report: Report) -> Iterator[str]:
    yield (
        f"{report.articles:,} articles, {report.text_bytes / MEBIBYTE:.1f} MiB of "
        f"text; {report.questions} questions, {report.rounds} rounds, by the clock of "
        f"the {report.clock}. {report.machine}"
    )


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield "|---" * len(titles) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _kinds(report: Report) -> list[str]:
    return [*report.peers[0].hot, ALL]


def _of_kind(times: _ByKind, kind: str) -> list[float]:
    if kind != ALL:
        return list(times[kind])
    return [time for of_kind in times.values() for time in of_kind]


def _median(times: _ByKind, kind: str) -> float:
    return percentile(_of_kind(times, kind), MEDIAN)


def _times(report: Report) -> Iterator[str]:
    """Medians and 95th percentiles: asked again, asked first, in a fresh process."""
    kinds = _kinds(report)
    for title, pick in _HOT_AND_FIRST.items():
        rows = (
            [
                peer.name,
                *(
                    f"{_median(pick(peer), kind):.2f} / "
                    f"{percentile(_of_kind(pick(peer), kind), HIGH):.2f}"
                    for kind in kinds
                ),
                f"{percentile(peer.cold, MEDIAN):.1f}",
            ]
            for peer in report.peers
        )
        yield from _table([f"ms, {title}: median / p95", *kinds, COLD], rows)
        yield ""


_HOT_AND_FIRST: Final[Mapping[str, Callable[[PeerFigures], _ByKind]]] = {
    "hot": lambda peer: peer.hot,
    "asked for the first time": lambda peer: peer.first,
}


def _ratios(report: Report) -> Iterator[str]:
    """Each other engine as multiples of ours, beside what was aimed at."""
    kinds = _kinds(report)
    columns = [*kinds, COLD, INDEXING, BYTES]
    peers = {peer.name: peer for peer in report.peers}
    aims = [aim for aim in AIMS if aim.ours in peers and aim.peer in peers]
    rows = []
    for aim in aims:
        ours, other = peers[aim.ours], peers[aim.peer]
        for title, pick in _HOT_AND_FIRST.items():
            found = {
                kind: ratio(_median(pick(other), kind), _median(pick(ours), kind))
                for kind in kinds
            }
            if pick(ours) is ours.hot:
                found |= _ratios_besides(ours, other, report.clock)
            judged = (_judge(aim, name, found.get(name)) for name in columns)
            rows.append([f"{aim.peer} ÷ {aim.ours}, {title}", *judged])
        wanted = (_write(aim.of(name)) if name != ALL else "" for name in columns)
        rows.append(["– to reach", *wanted])
    yield from _table(["times ours", *columns], rows)


def _ratios_besides(
    ours: PeerFigures, other: PeerFigures, clock: str
) -> dict[str, float]:
    found = {COLD: ratio(percentile(other.cold, MEDIAN), percentile(ours.cold, MEDIAN))}
    if ours.built and other.built:
        found[INDEXING] = ratio(
            _seconds(other.built, clock), _seconds(ours.built, clock)
        )
        found[BYTES] = ratio(other.built.size, ours.built.size)
    return found


def _seconds(built: Built, clock: str) -> float:
    return built.seconds if clock == "wall" else built.cpu_seconds


def _judge(aim: Aim, column: str, found: float | None) -> str:
    wanted = aim.of(column)
    if found is None:
        return ""
    if not wanted or column == ALL:
        return _write(found)
    return f"{_write(found)} {_MET if found >= wanted else _MISSED}"


def _write(number: float) -> str:
    if not number:
        return ""
    return f"{number:,.0f}" if number >= _LARGE else f"{number:.2f}"


def _indexes(report: Report) -> Iterator[str]:
    rows = []
    for peer in report.peers:
        memory = [
            f"{one / MEBIBYTE:.0f}" for one in (peer.peak_memory, peer.own_memory)
        ]
        if peer.built is None:
            rows.append([peer.name, *[""] * 6, *memory])
            continue
        built = peer.built
        share = built.size / report.text_bytes
        judged = f" {_MET if share <= SHARE_OF_TEXT else _MISSED}"
        rows.append(
            [
                f"{peer.name} (kept)" if peer.kept else peer.name,
                f"{built.seconds:,.0f}",
                f"{report.articles / built.seconds:,.0f}",
                f"{report.articles / built.cpu_seconds:,.0f}",
                f"{built.size / MEBIBYTE:.1f}",
                f"{share:.2f}{judged if peer.name == AIMS[-1].ours else ''}",
                f"{built.memory / MEBIBYTE:.0f}",
                *memory,
            ]
        )
    titles = ["index", "seconds", "documents/s", "documents/CPU s", "MiB", "÷ text"]
    titles += ["build MiB", "serve MiB", "of them its own"]
    yield from _table(titles, rows)


def _shared(report: Report) -> Iterator[str]:
    """How alike the best 20 are, on average, where more than 20 were found."""
    kinds = [kind for kind in _kinds(report) if kind != ALL]
    counts: dict[tuple[str, str], list[int]] = {}
    for one in report.overlaps:
        counts.setdefault((one.peer, one.kind), []).append(one.shared)
    if not counts:
        return
    peers = list(dict.fromkeys(one.peer for one in report.overlaps))
    rows = (
        [peer, *(_mean(counts.get((peer, kind), ())) for kind in kinds)]
        for peer in peers
    )
    yield from _table([f"of the best 20 in {ALIKE}", *kinds], rows)


def _mean(values: Sequence[int]) -> str:
    return f"{sum(values) / len(values):.1f}" if values else ""


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
