"""Asks all engines the same questions, in fresh processes and in waiting ones.

Waiting engines take turns after each class of questions. The load of the machine then
slows all of them alike, and no engine runs with processor caches that another one
evicts between two of its questions.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from benchmarks.data.questions import Question
from benchmarks.engines.agreement import Disagreement, Overlap, compare, count_shared
from benchmarks.engines.process import Served, ask_cold, serve
from benchmarks.peer import Answer

# Class → question → milliseconds of each time it was asked.
Times = dict[str, dict[Question, list[float]]]


def _no_times() -> Times:
    return defaultdict(lambda: defaultdict(list))


@dataclass(slots=True)
class Timings:
    """The times of one engine, and the bytes of its process at the end.

    ``first`` are the times when a question was new to a process that had answered
    others; ``again`` are the times of all later rounds.
    """

    first: Times = field(default_factory=_no_times)
    again: Times = field(default_factory=_no_times)
    peak_memory: int = 0
    own_memory: int = 0


@dataclass(slots=True)
class Comparison:
    """Differences between the answers of the engines, and the hits that they share."""

    disagreements: list[Disagreement] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)

    def add(self, question: Question, answers: Mapping[str, Answer]) -> None:
        """Compare the answers of all engines to *question*."""
        self.disagreements.extend(compare(question, answers))
        self.overlaps.extend(count_shared(question, answers))


def ask_fresh(
    folders: Mapping[str, Path], questions: Sequence[Question], count: int, clock: str
) -> dict[str, list[float]]:
    """Peer → milliseconds of the first question of *count* fresh processes.

    The questions are spread over all classes.
    """
    chosen = questions[:: max(1, len(questions) // max(1, count))][:count]
    times = defaultdict(list)
    for turn, question in enumerate(chosen):
        for peer in _rotate(list(folders), turn):
            times[peer].append(ask_cold(peer, folders[peer], question, clock))
    return times


def ask_in_turn(
    folders: Mapping[str, Path],
    warming: Sequence[Question],
    questions: Sequence[Question],
    rounds: int,
    clock: str,
) -> tuple[dict[str, Timings], Comparison]:
    """Ask all *questions* in a first round and *rounds* later ones."""
    timings = {peer: Timings() for peer in folders}
    comparison = Comparison()
    blocks = [list(block) for _, block in groupby(questions, lambda one: one.kind)]
    with ExitStack() as stack:
        served = {
            peer: stack.enter_context(serve(peer, folder, clock))
            for peer, folder in folders.items()
        }
        for engine in served.values():
            engine.ask(warming)
        for number in range(rounds + 1):
            sys.stderr.write(f"round {number} of {rounds}\n")
            for index, block in enumerate(blocks):
                turn = index + number
                answers = _ask_block(served, block, turn, timings, first=not number)
                if not number:
                    for question, by_peer in answers.items():
                        comparison.add(question, by_peer)
        for peer, engine in served.items():
            timings[peer].peak_memory = engine.peak_memory
            timings[peer].own_memory = engine.own_memory
    return timings, comparison


def _ask_block(
    served: Mapping[str, Served],
    block: Sequence[Question],
    turn: int,
    timings: Mapping[str, Timings],
    *,
    first: bool,
) -> dict[Question, dict[str, Answer]]:
    """Question → peer → answer, for the questions of one class."""
    answers: dict[Question, dict[str, Answer]] = {
        # All peers in their own order, in which the answers are compared.
        question: dict.fromkeys(served, Answer(0))
        for question in block
    }
    for peer in _rotate(list(served), turn):
        times = timings[peer].first if first else timings[peer].again
        answered = served[peer].ask(block)
        for question, (answer, milliseconds) in zip(block, answered, strict=True):
            times[question.kind][question].append(milliseconds)
            answers[question][peer] = answer
    return answers


def _rotate(names: list[str], turn: int) -> list[str]:
    """*names* rotated, so that no engine always comes after the same one."""
    start = turn % len(names)
    return names[start:] + names[:start]
