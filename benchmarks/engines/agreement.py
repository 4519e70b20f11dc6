"""Comparison of the engines' answers: totals, counts, and shared hits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.data.questions import Question
from benchmarks.peer import TOP, Answer

# Our engine by word family alone, as the peers rank.
ALIKE: Final = "sijill-family"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A difference between ``peer`` and the first engine.

    ``what`` is ``total`` or the name of a facet, whose counts are summed.
    """

    peer: str
    question: Question
    what: str
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """The number of best hits of ``peer`` among the best hits of ``ALIKE``."""

    peer: str
    kind: str
    shared: int


def compare(
    question: Question, answers: Mapping[str, Answer]
) -> Iterator[Disagreement]:
    """The differences of all other engines from the first.

    Counts are compared where the totals agree.
    """
    (_, expected), *others = answers.items()
    for peer, answer in others:
        if answer.total != expected.total:
            yield Disagreement(peer, question, "total", expected.total, answer.total)
            continue
        for facet, counts in expected.counts.items():
            other = answer.counts.get(facet, {})
            if dict(other) != dict(counts):
                sums = sum(counts.values()), sum(other.values())
                yield Disagreement(peer, question, facet, *sums)


def count_shared(
    question: Question, answers: Mapping[str, Answer]
) -> Iterator[Overlap]:
    """The overlap of each engine with ``ALIKE``, where the total exceeds ``TOP``.

    The formulas are nearly the same; some engines store lengths of articles less
    exactly, so that a few of the best hits may differ.
    """
    expected = answers.get(ALIKE)
    if expected is None or expected.total <= TOP:
        return
    for peer, answer in answers.items():
        if peer != ALIKE:
            shared = len(set(answer.best) & set(expected.best))
            yield Overlap(peer, question.kind, shared)
