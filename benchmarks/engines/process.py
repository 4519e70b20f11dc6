"""Talks to engines in processes of their own: see ``worker``.

Public: `Built`, `Served`, `ask_cold`, `build`, `serve`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.data.questions import Question
from benchmarks.measuring import MILLISECONDS, folder_bytes
from benchmarks.peer import Answer

# What the workers are started in, so that they find this package.
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Built:
    """How an index came about.

    Seconds of the clock and of all cores together; bytes of the index, and of memory
    at most.
    """

    seconds: float
    cpu_seconds: float
    size: int
    memory: int


class Served:
    """An engine that waits for questions."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.peak_memory = 0
        self.own_memory = 0

    def ask(self, questions: Sequence[Question]) -> list[tuple[Answer, float]]:
        """The answers, one after the other, each with its milliseconds.

        Raises RuntimeError where the engine ended.
        """
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise RuntimeError("The engine has no way to be asked.")
        to.write(json.dumps([asdict(question) for question in questions]) + "\n")
        to.flush()
        said = _read(back.readline())
        self.peak_memory, self.own_memory = said["peak"], said["own"]
        return [
            (
                Answer(one["total"], tuple(one["best"]), one["counts"]),
                float(one["milliseconds"]),
            )
            for one in said["answers"]
        ]


def build(peer: str, folder: Path, articles: Path, size: int) -> Built:
    """The index of *peer*, made in *folder*. Raises RuntimeError where it cannot be."""
    before = folder_bytes(folder)
    given = ["--articles", str(articles), "--size", str(size)]
    said = _run([*_command("build", peer, folder), *given], "")
    return Built(
        seconds=said["milliseconds"] / MILLISECONDS,
        cpu_seconds=said["cpu_seconds"],
        size=folder_bytes(folder) - before,
        memory=said["peak"],
    )


def ask_cold(peer: str, folder: Path, question: Question, clock: str) -> float:
    """The milliseconds in which a fresh process opens the index and answers."""
    command = [*_command("cold", peer, folder), "--clock", clock]
    said = _run(command, json.dumps(asdict(question)) + "\n")
    return float(said["milliseconds"])


@contextmanager
def serve(peer: str, folder: Path, clock: str) -> Iterator[Served]:
    """*peer* with its index open, until the block ends."""
    with subprocess.Popen(  # noqa: S603 - our own
        [*_command("serve", peer, folder), "--clock", clock],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        # Leaving closes its input, upon which it ends by itself.
        yield Served(process)


def _command(task: str, peer: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.engines.worker", task, peer, str(folder)]


def _run(command: list[str], text: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=_ROOT, input=text, stdout=subprocess.PIPE, text=True
    )
    return _read(done.stdout)


def _read(line: str) -> dict[str, Any]:
    if not line:
        raise RuntimeError("An engine ended without an answer; its message is above.")
    return dict(json.loads(line))
