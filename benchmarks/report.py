"""The printed report: medians, 95th percentiles, ratios, and disagreements."""

from __future__ import annotations

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
# The least number that is printed without decimals.
_LARGE: Final = 10
# Peer and facet → the reason why its counts differ under filters.
_REASONS: Final = {
    ("haystack", "source"): "its counts do not leave out a facet's own filter",
    ("haystack", "month"): "its counts do not leave out a facet's own filter",
}

# Class → milliseconds of each question.
_ByKind = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """The measurements of one engine; times in milliseconds, memory in bytes.

    ``first`` has the times of the first round, ``hot`` the median time of each question
    in the later ones. ``built`` is ``None`` where the engine searches another one's
    index; ``reused`` says that the index was built by an earlier run.
    """

    name: str
    first: _ByKind
    hot: _ByKind
    cold: tuple[float, ...]
    built: Built | None
    reused: bool
    peak_memory: int
    own_memory: int


@dataclass(frozen=True, slots=True)
class Report:
    """The measurements of a run; ``machine`` is a description for people."""

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
    """*other* divided by *own*; 0 where *own* is 0.

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
    """Medians and 95th percentiles, hot and of the first round, and cold medians."""
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
    """The ratios of each peer to ours, with the aims below them."""
    kinds = _kinds(report)
    columns = [*kinds, COLD, INDEXING, BYTES]
    peers = {peer.name: peer for peer in report.peers}
    aims = [aim for aim in AIMS if aim.ours in peers and aim.peer in peers]
    rows = []
    for aim in aims:
        ours, other = peers[aim.ours], peers[aim.peer]
        for title, pick in _HOT_AND_FIRST.items():
            ratios = {
                kind: ratio(_median(pick(other), kind), _median(pick(ours), kind))
                for kind in kinds
            }
            if pick(ours) is ours.hot:
                ratios |= _other_ratios(ours, other, report.clock)
            cells = (_judge(aim, name, ratios.get(name)) for name in columns)
            rows.append([f"{aim.peer} ÷ {aim.ours}, {title}", *cells])
        cells = (_format(aim.of(name)) if name != ALL else "" for name in columns)
        rows.append(["– to reach", *cells])
    yield from _table(["times ours", *columns], rows)


def _other_ratios(
    ours: PeerFigures, other: PeerFigures, clock: str
) -> dict[str, float]:
    """The ratios of cold queries and, where both built one, of their indexes."""
    ratios = {
        COLD: ratio(percentile(other.cold, MEDIAN), percentile(ours.cold, MEDIAN))
    }
    if ours.built and other.built:
        ratios[INDEXING] = ratio(
            _seconds(other.built, clock), _seconds(ours.built, clock)
        )
        ratios[BYTES] = ratio(other.built.size, ours.built.size)
    return ratios


def _seconds(built: Built, clock: str) -> float:
    return built.seconds if clock == "wall" else built.cpu_seconds


def _judge(aim: Aim, column: str, value: float | None) -> str:
    """*value* and whether it reaches the aim."""
    least = aim.of(column)
    if value is None:
        return ""
    if not least or column == ALL:
        return _format(value)
    return f"{_format(value)} {_MET if value >= least else _MISSED}"


def _format(number: float) -> str:
    if not number:
        return ""
    return f"{number:,.0f}" if number >= _LARGE else f"{number:.2f}"


def _indexes(report: Report) -> Iterator[str]:
    rows = []
    for peer in report.peers:
        memory = [
            f"{size / MEBIBYTE:.0f}" for size in (peer.peak_memory, peer.own_memory)
        ]
        if peer.built is None:
            rows.append([peer.name, *[""] * 6, *memory])
            continue
        built = peer.built
        share = built.size / report.text_bytes
        judgment = f" {_MET if share <= SHARE_OF_TEXT else _MISSED}"
        rows.append(
            [
                f"{peer.name} (reused)" if peer.reused else peer.name,
                f"{built.seconds:,.0f}",
                f"{report.articles / built.seconds:,.0f}",
                f"{report.articles / built.cpu_seconds:,.0f}",
                f"{built.size / MEBIBYTE:.1f}",
                f"{share:.2f}{judgment if peer.name == AIMS[-1].ours else ''}",
                f"{built.memory / MEBIBYTE:.0f}",
                *memory,
            ]
        )
    titles = ["index", "seconds", "documents/s", "documents/CPU s", "MiB", "÷ text"]
    titles += ["build MiB", "serve MiB", "of them its own"]
    yield from _table(titles, rows)


def _shared(report: Report) -> Iterator[str]:
    """The mean number of shared hits among the best 20, where the total is larger."""
    kinds = [kind for kind in _kinds(report) if kind != ALL]
    counts: dict[tuple[str, str], list[int]] = {}
    for overlap in report.overlaps:
        counts.setdefault((overlap.peer, overlap.kind), []).append(overlap.shared)
    if not counts:
        return
    peers = list(dict.fromkeys(overlap.peer for overlap in report.overlaps))
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
    groups: dict[tuple[str, str, str], list[Disagreement]] = {}
    for one in report.disagreements:
        groups.setdefault((one.peer, one.question.kind, one.what), []).append(one)
    for (peer, kind, what), group in groups.items():
        reason = _REASONS.get((peer, what), "")
        yield (
            f"{peer} differs in {what} of {len(group)} questions of {kind!r}"
            f"{f' ({reason})' if reason and kind == FILTERED else ''}:"
        )
        for one in group[:_EXAMPLES]:
            words = " ".join(one.question.words)
            yield f"  {words}: {one.found:,} for {one.expected:,}"
