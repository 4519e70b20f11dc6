"""Whether engines agree on what they found, for a fast wrong answer is worth nothing.

Public: `ALIKE`, `Disagreement`, `Overlap`, `compare`, `count_shared`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.data.questions import Question
from benchmarks.peer import TOP, Answer

# Our engine where it ranks by what the peers rank by.
ALIKE: Final = "sijill-family"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question on which *peer* differs from the first engine, and in what.

    ``what`` is ``total`` or the name of a facet.
    """

    peer: str
    question: Question
    what: str
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the best of *peer* are among the best of ``ALIKE``."""

    peer: str
    kind: str
    shared: int


def compare(
    question: Question, answers: Mapping[str, Answer]
) -> Iterator[Disagreement]:
    """Where the others differ from the first, totals first.

    Counts are compared where totals agree, and only the sum of a facet is told.
    """
    (_, expected), *others = answers.items()
    for peer, answer in others:
        if answer.total != expected.total:
            yield Disagreement(peer, question, "total", expected.total, answer.total)
            continue
        for facet, counts in expected.counts.items():
            found = answer.counts.get(facet, {})
            if dict(found) != dict(counts):
                sums = sum(counts.values()), sum(found.values())
                yield Disagreement(peer, question, facet, *sums)


def count_shared(
    question: Question, answers: Mapping[str, Answer]
) -> Iterator[Overlap]:
    """How many of the best each engine shares with ``ALIKE``, where more were found.

    The formulas are nearly the same, the lengths of articles are kept less exactly by
    some, so that a few of the best may differ.
    """
    expected = answers.get(ALIKE)
    if expected is None or expected.total <= TOP:
        return
    for peer, answer in answers.items():
        if peer != ALIKE:
            shared = len(set(answer.best) & set(expected.best))
            yield Overlap(peer, question.kind, shared)
