"""One engine in a process: ``python -m benchmarks.engines.worker TASK PEER FOLDER``.

``build`` indexes articles; ``cold`` opens the index and answers one question; ``serve``
answers a list of questions a line until its input ends. Questions and answers are JSON.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from benchmarks.data.collection import iter_articles
from benchmarks.data.questions import Question
from benchmarks.measuring import CLOCKS, cpu_seconds, own_memory, peak_memory, timed
from benchmarks.peer import Answer, Peer

# Peer → module, class, and whether it needs the site's Django settings.
PEERS: Final[Mapping[str, tuple[str, str, bool]]] = {
    "sijill": ("benchmarks.engines.sijill", "Sijill", True),
    "sijill-family": ("benchmarks.engines.sijill", "SijillFamily", True),
    "fts5": ("benchmarks.engines.fts5", "Fts5", False),
    "tantivy": ("benchmarks.engines.tantivy_peer", "Tantivy", False),
    "haystack": ("benchmarks.engines.whoosh_stock", "WhooshStock", False),
}


def main() -> None:
    """Run the task of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.engines.worker", description=__doc__
    )
    parser.add_argument("task", choices=_TASKS)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--size", type=int)
    parser.add_argument("--clock", choices=CLOCKS, default="wall")
    options = parser.parse_args()
    _TASKS[options.task](_create(options.peer, options.folder), options)


def _create(name: str, folder: Path) -> Peer:
    module, kind, on_site = PEERS[name]
    if on_site:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
    return cast(Peer, getattr(importlib.import_module(module), kind)(folder))


def _build(peer: Peer, options: argparse.Namespace) -> None:
    articles = iter_articles(options.articles, options.size)
    _, milliseconds = timed(lambda: peer.build(articles))
    _print(
        {
            "milliseconds": milliseconds,
            "cpu_seconds": cpu_seconds(),
            "peak": peak_memory(),
        }
    )


def _cold(peer: Peer, options: argparse.Namespace) -> None:
    question = _to_question(json.loads(sys.stdin.readline()))

    def answer() -> Answer:
        peer.open()
        return peer.ask(question)

    _, milliseconds = timed(answer, options.clock)
    _print({"milliseconds": milliseconds})


def _serve(peer: Peer, options: argparse.Namespace) -> None:
    peer.open()
    for line in iter(sys.stdin.readline, ""):
        questions = [_to_question(values) for values in json.loads(line)]
        answered = [
            timed(partial(peer.ask, question), options.clock) for question in questions
        ]
        _print(
            {
                "answers": [_to_json(*pair) for pair in answered],
                "peak": peak_memory(),
                "own": own_memory(),
            }
        )


def _to_json(answer: Answer, milliseconds: float) -> dict[str, Any]:
    return {
        "total": answer.total,
        "best": answer.best,
        "counts": answer.counts,
        "milliseconds": milliseconds,
    }


def _to_question(values: Mapping[str, Any]) -> Question:
    return Question(**{**values, "words": tuple(values["words"])})


def _print(values: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


_TASKS: Final[Mapping[str, Callable[[Peer, argparse.Namespace], Any]]] = {
    "build": _build,
    "cold": _cold,
    "serve": _serve,
}

if __name__ == "__main__":
    main()
