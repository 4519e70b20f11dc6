"""Builds every engine's index, asks all the same, and prints what it took.

    python3 start.py bench --articles FILE --size N [--json OUT]

Engines answer in processes of their own and take turns question by question, so that
whatever slows the machine slows all of them. The first round counts for the agreement
of the answers only.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.agreement import Disagreement, compare
from benchmarks.collection import Article, iter_articles, text_bytes
from benchmarks.peer import Question
from benchmarks.process import Built, Served, ask_cold, build, serve
from benchmarks.queries import draw_questions
from benchmarks.report import PeerFigures, Report, render
from benchmarks.worker import PEERS

DEFAULT_QUESTIONS: Final = 40
DEFAULT_ROUNDS: Final = 3
DEFAULT_COLD: Final = 8
DEFAULT_SEED: Final = 20260101
# These search one index.
_SHARED: Final[Mapping[str, str]] = {"sijill-family": "sijill"}
_LIBRARIES: Final = ("numpy", "whoosh", "django-haystack", "tantivy")

_Times = dict[str, dict[str, dict[Question, list[float]]]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark of the command line."""
    try:
        _run(_parse(arguments))
    except (OSError, RuntimeError, ValueError) as error:
        raise SystemExit(str(error)) from error


def _run(options: argparse.Namespace) -> None:
    sizes = _Sizes()
    articles = sizes.count(iter_articles(options.articles, options.size))
    questions = draw_questions(articles, count=options.questions, seed=options.seed)
    _say(f"{sizes.articles:,} articles, {len(questions)} questions")
    with tempfile.TemporaryDirectory(
        prefix="sijill-bench-", dir=options.folder
    ) as made:
        report = _measure(Path(made), questions, options, sizes)
    sys.stdout.write(render(report))
    if options.json:
        written = json.dumps(asdict(report), ensure_ascii=False, indent=1)
        options.json.write_text(written + "\n", "utf-8")


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
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS)
    parser.add_argument("--cold", type=int, default=DEFAULT_COLD)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument(
        "--folder", type=_absolute, help="where the indexes lie while it runs"
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


def _measure(
    folder: Path, questions: list[Question], options: argparse.Namespace, sizes: _Sizes
) -> Report:
    peers = list(options.peers)
    folders = {peer: folder / _SHARED.get(peer, peer) for peer in peers}
    built: dict[str, Built] = {}
    for peer, place in folders.items():
        if place.exists():
            continue
        place.mkdir()
        _say(f"building {peer}")
        built[peer] = build(peer, place, options.articles, options.size)
    _say("asking fresh processes")
    cold = _ask_cold(folders, questions, options.cold)
    times, memory, disagreements = _ask_hot(folders, questions, options.rounds)
    return Report(
        machine=describe_machine(),
        articles=sizes.articles,
        text_bytes=sizes.bytes,
        questions=len(questions),
        rounds=options.rounds,
        peers=tuple(
            PeerFigures(
                name=peer,
                hot={
                    kind: tuple(map(statistics.median, by_question.values()))
                    for kind, by_question in times[peer].items()
                },
                cold=tuple(cold[peer]),
                build_seconds=built[peer].seconds if peer in built else None,
                build_memory=built[peer].memory if peer in built else 0,
                index_bytes=built[peer].size if peer in built else 0,
                memory=memory[peer],
            )
            for peer in peers
        ),
        disagreements=tuple(disagreements),
    )


def _ask_cold(
    folders: Mapping[str, Path], questions: list[Question], count: int
) -> dict[str, list[float]]:
    """The first questions of fresh processes, from all classes alike."""
    chosen = questions[:: max(1, len(questions) // max(1, count))][:count]
    times = defaultdict(list)
    for at, question in enumerate(chosen):
        for peer in _rotated(list(folders), at):
            times[peer].append(ask_cold(peer, folders[peer], question))
    return times


def _ask_hot(
    folders: Mapping[str, Path], questions: list[Question], rounds: int
) -> tuple[_Times, dict[str, int], list[Disagreement]]:
    times: _Times = {peer: defaultdict(dict) for peer in folders}
    found: list[Disagreement] = []
    with ExitStack() as stack:
        served = {
            peer: stack.enter_context(serve(peer, folder))
            for peer, folder in folders.items()
        }
        for turn in range(rounds + 1):
            _say(f"round {turn} of {rounds}")
            for at, question in enumerate(questions):
                _ask_all(served, question, at + turn, times if turn else None, found)
        memory = {peer: one.memory for peer, one in served.items()}
    return times, memory, found


def _ask_all(
    served: Mapping[str, Served],
    question: Question,
    at: int,
    times: _Times | None,
    found: list[Disagreement],
) -> None:
    answers = {}
    for peer in _rotated(list(served), at):
        answers[peer], milliseconds = served[peer].ask(question)
        if times is not None:
            of_kind = times[peer][question.kind]
            of_kind.setdefault(question, []).append(milliseconds)
    if times is None:
        found.extend(compare(question, {peer: answers[peer] for peer in served}))


def _rotated(names: list[str], at: int) -> list[str]:
    """The names in turn, so that nobody always comes after the same one."""
    start = at % len(names)
    return names[start:] + names[:start]


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
