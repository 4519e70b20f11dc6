"""Whether engines agree on what they found, for a fast wrong answer is worth nothing.

Public: `Disagreement`, `compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.peer import Answer, Question


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
