"""Compares the engines: indexing, the same questions to all, times and ratios.

    python3 start.py bench --articles FILE --size N [--json OUT]

Each engine answers in a process of its own, and they take turns. The first round is
reported apart from the later ones, and its answers are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from benchmarks.cache import BenchmarkCache, QuestionSet
from benchmarks.data.collection import Article, iter_articles, text_bytes
from benchmarks.data.questions import Question, draw_questions
from benchmarks.engines.process import Built, build
from benchmarks.engines.worker import PEERS
from benchmarks.measuring import CLOCKS
from benchmarks.report import PeerFigures, Report, render
from benchmarks.rounds import Times, Timings, ask_fresh, ask_in_turn

DEFAULT_QUESTIONS: Final = 40
DEFAULT_ROUNDS: Final = 3
DEFAULT_COLD: Final = 16
DEFAULT_SEED: Final = 20260101
# One warming question is drawn for so many timed ones.
WARMING_SHARE: Final = 8
# Peer → the peer whose index it searches.
_SHARED: Final[Mapping[str, str]] = {"sijill-family": "sijill"}
_LIBRARIES: Final = ("numpy", "whoosh", "django-haystack", "tantivy")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark of the command line."""
    try:
        _run(_parse(arguments))
    except (OSError, RuntimeError, ValueError) as error:
        raise SystemExit(str(error)) from error


def _run(options: argparse.Namespace) -> None:
    with _cache_folder(options.keep) as folder:
        cache = BenchmarkCache(folder, options.articles, options.size)
        parameters = (options.questions, options.seed, options.sample)
        drawn = cache.draw(filter(None, parameters), lambda: _draw(options))
        _say(f"{drawn.articles:,} articles, {len(drawn.questions)} questions")
        report = _measure(cache, drawn, options)
    sys.stdout.write(render(report))
    if options.json:
        written = json.dumps(asdict(report), ensure_ascii=False, indent=1)
        options.json.write_text(written + "\n", "utf-8")


@contextmanager
def _cache_folder(folder: Path | None) -> Iterator[Path]:
    """*folder*, or a temporary one."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="sijill-bench-") as temporary:
        yield Path(temporary)


def _draw(options: argparse.Namespace) -> QuestionSet:
    sizes = _Sizes()
    articles = iter(sizes.count(iter_articles(options.articles, options.size)))
    count = options.questions + max(1, options.questions // WARMING_SHARE)
    sample = islice(articles, options.sample)
    drawn = draw_questions(sample, count=count, seed=options.seed)
    # The articles after the sample are counted too.
    deque(articles, maxlen=0)
    timed: list[Question] = []
    warming: list[Question] = []
    for _, of_kind in groupby(drawn, lambda question: question.kind):
        questions = list(of_kind)
        timed += questions[: options.questions]
        warming += questions[options.questions :]
    return QuestionSet(tuple(timed), tuple(warming), sizes.articles, sizes.bytes)


class _Sizes:
    """The number of articles and the bytes of their text, counted in passing."""

    def __init__(self) -> None:
        self.articles = 0
        self.bytes = 0

    def count(self, articles: Iterable[Article]) -> Iterable[Article]:
        for article in articles:
            self.articles += 1
            self.bytes += text_bytes(article)
            yield article


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="start.py bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=_file, required=True, metavar="FILE")
    parser.add_argument("--size", type=int, required=True, metavar="N")
    parser.add_argument("--json", type=_absolute, metavar="OUT")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--questions", type=int, default=DEFAULT_QUESTIONS)
    parser.add_argument(
        "--sample",
        type=int,
        metavar="N",
        help="draw the questions from the first N articles only",
    )
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS)
    parser.add_argument("--cold", type=int, default=DEFAULT_COLD)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument(
        "--clock",
        choices=CLOCKS,
        default="wall",
        help="processor: processor time, where the machine has other work to do",
    )
    parser.add_argument(
        "--keep",
        type=_absolute,
        metavar="FOLDER",
        help="keep indexes and questions there for the next run of the same articles",
    )
    return parser.parse_args(arguments)


def _absolute(written: str) -> Path:
    """The absolute path; the workers run in another folder."""
    return Path(written).expanduser().resolve()


def _file(written: str) -> Path:
    path = _absolute(written)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {written!r}")
    return path


def _measure(
    cache: BenchmarkCache, drawn: QuestionSet, options: argparse.Namespace
) -> Report:
    folders = {
        peer: cache.index_folder(_SHARED.get(peer, peer)) for peer in options.peers
    }
    built: dict[Path, tuple[Built, bool]] = {}
    for peer, folder in folders.items():
        if folder not in built:
            _say(f"building {peer}")
            built[folder] = cache.build(
                folder, partial(build, peer, folder, options.articles, options.size)
            )
    _say("asking fresh processes")
    cold = ask_fresh(folders, drawn.questions, options.cold, options.clock)
    timings, comparison = ask_in_turn(
        folders, drawn.warming, drawn.questions, options.rounds, options.clock
    )
    return Report(
        machine=describe_machine(),
        articles=drawn.articles,
        text_bytes=drawn.text_bytes,
        questions=len(drawn.questions),
        rounds=options.rounds,
        clock=options.clock,
        peers=tuple(
            _figures(peer, built[folder], cold[peer], timings[peer])
            for peer, folder in folders.items()
        ),
        disagreements=tuple(comparison.disagreements),
        overlaps=tuple(comparison.overlaps),
    )


def _figures(
    peer: str, built: tuple[Built, bool], cold: Sequence[float], timings: Timings
) -> PeerFigures:
    return PeerFigures(
        name=peer,
        first=_medians(timings.first),
        hot=_medians(timings.again),
        cold=tuple(cold),
        # A shared index counts for the peer that built it.
        built=None if peer in _SHARED else built[0],
        reused=built[1],
        peak_memory=timings.peak_memory,
        own_memory=timings.own_memory,
    )


def _medians(times: Times) -> dict[str, tuple[float, ...]]:
    return {
        kind: tuple(map(statistics.median, by_question.values()))
        for kind, by_question in times.items()
    }


def describe_machine() -> str:
    """The machine and the versions of the libraries, in a line."""
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in _LIBRARIES]
    versions.append(f"SQLite {sqlite3.sqlite_version}")
    cores = os.cpu_count()
    return f"{platform.machine()}, {cores} cores; {', '.join(versions)}."


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    main()
