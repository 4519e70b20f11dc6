"""Engines in processes of their own, which run ``worker``."""

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

# The folder from which the workers import this package.
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Built:
    """The cost of building an index.

    Wall-clock seconds, and processor seconds of all cores; the size of the index and
    the peak memory in bytes.
    """

    seconds: float
    cpu_seconds: float
    size: int
    memory: int


class Served:
    """An engine in a process that waits for questions; memory in bytes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.peak_memory = 0
        self.own_memory = 0

    def ask(self, questions: Sequence[Question]) -> list[tuple[Answer, float]]:
        """The answers, one after the other, each with its milliseconds.

        Raises RuntimeError where the process has ended.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("The engine's process has no pipes.")
        stdin.write(json.dumps([asdict(question) for question in questions]) + "\n")
        stdin.flush()
        reply = _parse(stdout.readline())
        self.peak_memory, self.own_memory = reply["peak"], reply["own"]
        return [
            (
                Answer(row["total"], tuple(row["best"]), row["counts"]),
                float(row["milliseconds"]),
            )
            for row in reply["answers"]
        ]


def build(peer: str, folder: Path, articles: Path, size: int) -> Built:
    """Build the index of *peer* in *folder*. Raises RuntimeError where that fails."""
    before = folder_bytes(folder)
    options = ["--articles", str(articles), "--size", str(size)]
    reply = _run([*_command("build", peer, folder), *options], "")
    return Built(
        seconds=reply["milliseconds"] / MILLISECONDS,
        cpu_seconds=reply["cpu_seconds"],
        size=folder_bytes(folder) - before,
        memory=reply["peak"],
    )


def ask_cold(peer: str, folder: Path, question: Question, clock: str) -> float:
    """The milliseconds that a fresh process takes to open the index and answer."""
    command = [*_command("cold", peer, folder), "--clock", clock]
    reply = _run(command, json.dumps(asdict(question)) + "\n")
    return float(reply["milliseconds"])


@contextmanager
def serve(peer: str, folder: Path, clock: str) -> Iterator[Served]:
    """A process of *peer* with its index open, for the length of the block."""
    with subprocess.Popen(  # noqa: S603 - own command
        [*_command("serve", peer, folder), "--clock", clock],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        # Popen closes its stdin when the block ends, and the worker ends with it.
        yield Served(process)


def _command(task: str, peer: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.engines.worker", task, peer, str(folder)]


def _run(command: list[str], text: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - own command
        command, cwd=_ROOT, input=text, stdout=subprocess.PIPE, text=True
    )
    return _parse(done.stdout)


def _parse(line: str) -> dict[str, Any]:
    if not line:
        raise RuntimeError("An engine ended without an answer; its message is above.")
    return dict(json.loads(line))
