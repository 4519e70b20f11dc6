"""Builds every engine's index, asks all the same, and prints what it took.

    python3 start.py bench --articles FILE --size N [--json OUT]

Engines answer in processes of their own and take turns. The first time that a question
is asked is told apart from the later times, and used to compare the answers.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from benchmarks.cache import Drawn, Keeper
from benchmarks.data.collection import Article, iter_articles, text_bytes
from benchmarks.data.questions import Question, draw_questions
from benchmarks.engines.process import Built, build
from benchmarks.engines.worker import PEERS
from benchmarks.measuring import CLOCKS
from benchmarks.report import PeerFigures, Report, render
from benchmarks.rounds import Asked, Times, ask_fresh, ask_in_turn

DEFAULT_QUESTIONS: Final = 40
DEFAULT_ROUNDS: Final = 3
DEFAULT_COLD: Final = 16
DEFAULT_SEED: Final = 20260101
# Of so many questions one more is drawn to warm the engines up.
WARMING_SHARE: Final = 8
# These search one index.
_SHARED: Final[Mapping[str, str]] = {"sijill-family": "sijill"}
_LIBRARIES: Final = ("numpy", "whoosh", "django-haystack", "tantivy")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark of the command line."""
    try:
        _run(_parse(arguments))
    except (OSError, RuntimeError, ValueError) as error:
        raise SystemExit(str(error)) from error


def _run(options: argparse.Namespace) -> None:
    with _keeping(options.keep) as folder:
        keeper = Keeper(folder, options.articles, options.size)
        numbers = (options.questions, options.seed, options.sample)
        drawn = keeper.draw(filter(None, numbers), lambda: _draw(options))
        _say(f"{drawn.articles:,} articles, {len(drawn.questions)} questions")
        report = _measure(keeper, drawn, options)
    sys.stdout.write(render(report))
    if options.json:
        written = json.dumps(asdict(report), ensure_ascii=False, indent=1)
        options.json.write_text(written + "\n", "utf-8")


@contextmanager
def _keeping(folder: Path | None) -> Iterator[Path]:
    """The folder for everything made, which is removed again where none is named."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="sijill-bench-") as made:
        yield Path(made)


def _draw(options: argparse.Namespace) -> Drawn:
    sizes = _Sizes()
    articles = iter(sizes.count(iter_articles(options.articles, options.size)))
    more = max(1, options.questions // WARMING_SHARE)
    sample = islice(articles, options.sample)
    found = draw_questions(sample, count=options.questions + more, seed=options.seed)
    # What no question is drawn from counts all the same.
    deque(articles, maxlen=0)
    asked: list[Question] = []
    warming: list[Question] = []
    for _, of_kind in groupby(found, lambda question: question.kind):
        questions = list(of_kind)
        asked += questions[: options.questions]
        warming += questions[options.questions :]
    return Drawn(tuple(asked), tuple(warming), sizes.articles, sizes.bytes)


class _Sizes:
    """Articles and bytes of what went by."""

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
        help="draw the questions from the first N articles, where all are very many",
    )
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS)
    parser.add_argument("--cold", type=int, default=DEFAULT_COLD)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument(
        "--clock",
        choices=CLOCKS,
        default="wall",
        help="the processor's, where the machine has other work to do",
    )
    parser.add_argument(
        "--keep",
        type=_absolute,
        metavar="FOLDER",
        help="where indexes and questions stay for the next run of the same articles",
    )
    return parser.parse_args(arguments)


def _absolute(written: str) -> Path:
    """The path, made absolute, because the workers run beside start.py."""
    return Path(written).expanduser().resolve()


def _file(written: str) -> Path:
    path = _absolute(written)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {written!r}")
    return path


def _measure(keeper: Keeper, drawn: Drawn, options: argparse.Namespace) -> Report:
    peers = list(options.peers)
    folders = {peer: keeper.place(_SHARED.get(peer, peer)) for peer in peers}
    built: dict[Path, tuple[Built, bool]] = {}
    for peer, place in folders.items():
        if place not in built:
            _say(f"building {peer}")
            built[place] = keeper.build(
                place,
                lambda peer=peer, place=place: build(  # type: ignore[misc]
                    peer, place, options.articles, options.size
                ),
            )
    _say("asking fresh processes")
    cold = ask_fresh(folders, drawn.questions, options.cold, options.clock)
    asked, comparison = ask_in_turn(
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
            _figures(peer, built[place], cold[peer], asked[peer])
            for peer, place in folders.items()
        ),
        disagreements=tuple(comparison.disagreements),
        overlaps=tuple(comparison.overlaps),
    )


def _figures(
    peer: str, built: tuple[Built, bool], cold: Sequence[float], asked: Asked
) -> PeerFigures:
    return PeerFigures(
        name=peer,
        first=_medians(asked.first),
        hot=_medians(asked.again),
        cold=tuple(cold),
        # An index that two search counts for the first of them.
        built=None if peer in _SHARED else built[0],
        kept=built[1],
        peak_memory=asked.peak_memory,
        own_memory=asked.own_memory,
    )


def _medians(times: Times) -> dict[str, tuple[float, ...]]:
    return {
        kind: tuple(map(statistics.median, by_question.values()))
        for kind, by_question in times.items()
    }


def describe_machine() -> str:
    """The machine and the versions, in a line."""
    import os
    import sqlite3

    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {version(name)}" for name in _LIBRARIES]
    versions.append(f"SQLite {sqlite3.sqlite_version}")
    cores = os.cpu_count()
    return f"{platform.machine()}, {cores} cores; {', '.join(versions)}."


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    main()
