"""Both engines of the site on the same articles: agreement, rates and times.

``python -m benchmarks.cluster --help``. Indexes are kept, and built where their numbers
of documents differ from that of the articles.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from search.engines.contract import Engine, EngineAnswer, EngineRequest

_SEED: Final = 1
_TOP: Final = 20
_BATCH: Final = 1000
_MILLISECONDS: Final = 1000
# Searches that are asked for before anything is measured.
_WARM: Final = 10


@dataclass
class Measured:
    """The questions of one class: seconds by engine, and what differs."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    shared: list[int] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, ask and print; the exit status is 1 where the engines differ."""
    options = _parse(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    import django

    django.setup()
    engines = _open(options)
    size = sum(1 for _article in _articles(options))
    for name, engine in engines.items():
        _say(_build(name, engine, options, size))
    measured = _ask_all(engines, options)
    _say(_table(measured))
    for name, engine in engines.items():
        _say(_export(name, engine))
    differing = [one for each in measured.values() for one in each.differing]
    for one in differing:
        _say(f"differs: {one}")
    return 1 if differing else 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Compare the embedded engine with a cluster of OpenSearch.",
        epilog="Example: python -m benchmarks.cluster --articles articles.jsonl.gz"
        " --size 10000 --folder /tmp/index --url http://127.0.0.1:9200",
    )
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines")
    parser.add_argument("--size", type=int, default=10_000, help="articles of them")
    parser.add_argument("--questions", type=int, default=40, help="of each class")
    parser.add_argument("--folder", type=Path, required=True, help="embedded index")
    parser.add_argument("--url", nargs="+", required=True, help="nodes of the cluster")
    parser.add_argument(
        "--keep", action="store_true", help="measure indexes as they are"
    )
    parser.add_argument("--index", default="sijill_bench", help="alias on the cluster")
    return parser.parse_args(arguments)


def _open(options: argparse.Namespace) -> dict[str, Engine]:
    from benchmarks.scratch_index import open_scratch_engine
    from search.engines.opensearch.backend import OpenSearchBackend

    shared = {"SILENTLY_FAIL": False, "TIMEOUT": 60}
    cluster = {"URL": options.url, "INDEX_NAME": options.index, **shared}
    engines: dict[str, Engine] = {
        "embedded": open_scratch_engine(options.folder),
        "cluster": OpenSearchBackend("default", **cluster),
    }
    for engine in engines.values():
        engine.timeout = 60
    return engines


def _articles(options: argparse.Namespace) -> Iterator[object]:
    from benchmarks.data.collection import iter_articles

    return iter(iter_articles(options.articles, options.size))


def _build(name: str, engine: Engine, options: argparse.Namespace, size: int) -> str:
    from benchmarks.engines.sijill import make_batches
    from search.errors import IndexUnavailable

    try:
        status = engine.status()
        if options.keep or status.documents == size:
            held = f"{status.documents} articles, {status.size / 2**20:.0f} MiB"
            return f"{name}: {held}, kept"
    except IndexUnavailable:
        pass
    started = time.perf_counter()
    engine.build(make_batches(_articles(options)))  # type: ignore[arg-type]
    seconds = time.perf_counter() - started
    megabytes = engine.status().size / 2**20
    rate = size / seconds
    return f"{name}: {size} articles, {megabytes:.0f} MiB, {rate:.0f} a second"


def _ask_all(
    engines: dict[str, Engine], options: argparse.Namespace
) -> dict[str, Measured]:
    from benchmarks.data.questions import draw_questions
    from benchmarks.engines.sijill import build_request

    drawn = draw_questions(
        _articles(options),  # type: ignore[arg-type]
        count=options.questions,
        seed=_SEED,
    )
    for engine in engines.values():
        for question in islice(drawn, _WARM):
            engine.run(build_request(question))
    measured: dict[str, Measured] = defaultdict(Measured)
    for question in drawn:
        _ask(engines, build_request(question), measured[question.kind], str(question))
    return measured


def _ask(
    engines: dict[str, Engine], request: EngineRequest, into: Measured, question: str
) -> None:
    answers = {}
    for name, engine in engines.items():
        started = time.perf_counter()
        answers[name] = engine.run(request)
        into.seconds[name].append(time.perf_counter() - started)
    embedded, cluster = answers["embedded"], answers["cluster"]
    if _told(embedded) != _told(cluster):
        into.differing.append(f"{question}: {embedded.total} and {cluster.total}")
    if embedded.total > _TOP:
        ids = [{hit.article_id for hit in one.hits} for one in (embedded, cluster)]
        into.shared.append(len(ids[0] & ids[1]))


def _told(answer: EngineAnswer) -> object:
    """What both engines must say alike."""
    dates = answer.dates
    counts = dates and (dict(dates.years), dict(dates.months), dates.undated)
    return answer.total, dict(answer.facets), counts


def _table(measured: dict[str, Measured]) -> str:
    rows = ["| class | questions | embedded, ms | cluster, ms | best 20 shared |"]
    rows.append("|---|---:|---:|---:|---:|")
    for kind, one in measured.items():
        times = [_summarize(one.seconds[name]) for name in ("embedded", "cluster")]
        shared = f"{statistics.mean(one.shared):.1f}" if one.shared else "–"
        count = len(one.seconds["cluster"])
        rows.append(f"| {kind} | {count} | {' | '.join(times)} | {shared} |")
    return "\n".join(rows)


def _summarize(seconds: Iterable[float]) -> str:
    """The median and the 95th percentile in milliseconds."""
    ranked = sorted(value * _MILLISECONDS for value in seconds)
    last = ranked[min(int(len(ranked) * 0.95), len(ranked) - 1)]
    return f"{statistics.median(ranked):.1f} / {last:.1f}"


def _export(name: str, engine: Engine) -> str:
    from search.engines.contract import EngineRequest
    from search.query import Everything

    return _time(
        f"{name}: numbers of all articles",
        lambda: sum(1 for _id in engine.iter_ids(EngineRequest(Everything()))),
    )


def _time(what: str, call: Callable[[], object]) -> str:
    started = time.perf_counter()
    found = call()
    return f"{what}: {found} in {time.perf_counter() - started:.2f} s"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
