"""Asks all engines the same, in fresh processes and in waiting ones.

Waiting engines take turns a class of questions at a time, so that whatever slows the
machine slows all of them, and none pays for caches that another has emptied between
two of its questions. Public: `Asked`, `ask_fresh`, `ask_in_turn`.
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

# By class and question, the milliseconds of each time it was asked.
Times = dict[str, dict[Question, list[float]]]


def _no_times() -> Times:
    return defaultdict(lambda: defaultdict(list))


@dataclass(slots=True)
class Asked:
    """What came of asking one engine; the memory is in bytes at the end.

    ``first`` has the questions when they were asked for the first time of a process
    that had answered others, ``again`` all later times.
    """

    first: Times = field(default_factory=_no_times)
    again: Times = field(default_factory=_no_times)
    peak_memory: int = 0
    own_memory: int = 0


@dataclass(slots=True)
class Comparison:
    """Where answers differ, and how many of the best they share."""

    disagreements: list[Disagreement] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)

    def add(self, question: Question, answers: Mapping[str, Answer]) -> None:
        """Compare what the engines answered."""
        self.disagreements.extend(compare(question, answers))
        self.overlaps.extend(count_shared(question, answers))


def ask_fresh(
    folders: Mapping[str, Path], questions: Sequence[Question], count: int, clock: str
) -> dict[str, list[float]]:
    """The first questions of *count* fresh processes each, from all classes alike."""
    chosen = questions[:: max(1, len(questions) // max(1, count))][:count]
    times = defaultdict(list)
    for at, question in enumerate(chosen):
        for peer in _rotated(list(folders), at):
            times[peer].append(ask_cold(peer, folders[peer], question, clock))
    return times


def ask_in_turn(
    folders: Mapping[str, Path],
    warming: Sequence[Question],
    questions: Sequence[Question],
    rounds: int,
    clock: str,
) -> tuple[dict[str, Asked], Comparison]:
    """All *questions* once, and then as often as there are *rounds*."""
    asked = {peer: Asked() for peer in folders}
    comparison = Comparison()
    blocks = [list(block) for _, block in groupby(questions, lambda one: one.kind)]
    with ExitStack() as stack:
        served = {
            peer: stack.enter_context(serve(peer, folder, clock))
            for peer, folder in folders.items()
        }
        for one in served.values():
            one.ask(warming)
        for turn in range(rounds + 1):
            sys.stderr.write(f"round {turn} of {rounds}\n")
            for at, block in enumerate(blocks):
                answers = _ask_block(served, block, at + turn, asked, first=not turn)
                if not turn:
                    for question, found in answers.items():
                        comparison.add(question, found)
        for peer, one in served.items():
            asked[peer].peak_memory = one.peak_memory
            asked[peer].own_memory = one.own_memory
    return asked, comparison


def _ask_block(
    served: Mapping[str, Served],
    block: Sequence[Question],
    at: int,
    asked: Mapping[str, Asked],
    *,
    first: bool,
) -> dict[Question, dict[str, Answer]]:
    found: dict[Question, dict[str, Answer]] = {
        question: dict.fromkeys(served, Answer(0)) for question in block
    }
    for peer in _rotated(list(served), at):
        times = asked[peer].first if first else asked[peer].again
        answered = served[peer].ask(block)
        for question, (answer, milliseconds) in zip(block, answered, strict=True):
            times[question.kind][question].append(milliseconds)
            found[question][peer] = answer
    return found


def _rotated(names: list[str], at: int) -> list[str]:
    """The names in turn, so that nobody always comes after the same one."""
    start = at % len(names)
    return names[start:] + names[:start]
