"""Passages: the parts of a text that best show why it matched, and where they are cut.

Passages are ranked by the words of the query that they show, rare ones a little before
common ones, then by how near to one another these stand, then by the number of other
marks, then by their offset. All of it takes time linear in the marks.

A *run* is neighboring marks of one word or phrase as one mark; a *window* is the runs
that a passage is chosen for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from search.highlight.highlighter import Mark
from search.highlight.sentence_breaks import Boundary, Cut, find_boundaries

# Characters of one passage, and passages of one text.
PASSAGE_LENGTH: Final = 220
PASSAGES: Final = 2
# Characters of the longest window.
WINDOW_LENGTH: Final = 150
# The weight of a word of the query, and the most that rarity adds to it; a word that
# another passage shows weighs next to nothing.
_WORD_WEIGHT: Final = 1000
_RARE_WEIGHT: Final = 50
_SHOWN_WEIGHT: Final = 1
# Differences of fewer unmarked characters do not make a window better.
_GAP_STEP: Final = 20
# More runs than these do not make a window better.
_MOST_RUNS: Final = 3
# Characters that a passage may be shorter, or begin further off its ideal offset, for
# the sake of a better boundary.
_CUT_COST: Final = {Cut.SENTENCE: 0, Cut.CLAUSE: 40, Cut.WORD: 80}
_QUOTED_COST: Final = 60
# The part of the characters outside the window that goes before it: ideally, at most.
_LEAD: Final = 1 / 3
_LONGEST_LEAD: Final = 2 / 3
# A passage shorter than this part of its length may begin a sentence earlier.
_SHORT: Final = 0.6
# How often another passage is tried where the best one repeats an earlier one.
_ATTEMPTS: Final = 3
# So many words in a row that two passages share make one repeat the other.
_SAME_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text by offsets; ``opens`` and ``closes`` tell how it is cut."""

    start: int
    end: int
    opens: Cut
    closes: Cut


@dataclass(frozen=True, slots=True)
class Window:
    """The runs that a passage is chosen for; ``words`` counts the distinct ones."""

    start: int
    end: int
    words: int
    rank: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Range:
    """A part of a text that passages may be taken from."""

    start: int
    end: int


def choose_passages(
    text: str, marks: Sequence[Mark], start: int = 0
) -> tuple[Passage, ...]:
    """The best passages of *text* from *start* on, in reading order.

    They do not overlap, and none repeats another unless it shows another word of the
    query. Without marks it is the beginning; white space alone has no passage.
    """
    whole = _strip(text, start)
    if whole.start >= whole.end:
        return ()
    runs = [run for run in _join(text, marks) if run.start >= whole.start]
    if not runs:
        return (_fit(text, (whole.start, whole.start), whole, whole),)
    chosen: list[Passage] = []
    tried: list[Passage] = []
    while len(chosen) < PASSAGES and len(tried) < PASSAGES + _ATTEMPTS:
        passage = _choose_next(text, runs, chosen, tried, whole)
        if passage is None:
            break
        tried.append(passage)
        is_new = _words_in(runs, [passage]) - _words_in(runs, chosen)
        if is_new or not any(_repeats(text, passage, other) for other in chosen):
            chosen.append(passage)
    return tuple(sorted(chosen, key=lambda passage: passage.start))


def find_best_window(text: str, marks: Sequence[Mark]) -> Window | None:
    """The window with most words of the query, or ``None`` without marks."""
    runs = _join(text, marks)
    return _best_window(runs, _weigh(runs, ())) if runs else None


def _choose_next(
    text: str,
    runs: Sequence[Mark],
    chosen: Sequence[Passage],
    tried: Sequence[Passage],
    whole: _Range,
) -> Passage | None:
    """The best passage outside those tried, or ``None``."""
    weights = _weigh(runs, _words_in(runs, chosen))
    best: tuple[Window, _Range] | None = None
    for free in _free_ranges(tried, whole):
        window = _best_window(_inside(runs, free.start, free.end), weights)
        if window and (best is None or window.rank > best[0].rank):
            best = window, free
    if best is None:
        return None
    window, free = best
    return _fit(text, (window.start, window.end), free, whole)


def _strip(text: str, start: int) -> _Range:
    """*text* from *start* on without white space at either end."""
    end = len(text.rstrip())
    while start < end and text[start].isspace():
        start += 1
    return _Range(start, end)


def _join(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The runs of *marks*, so that no phrase is cut."""
    runs: list[Mark] = []
    for mark in marks:
        last = runs[-1] if runs else None
        if (
            last
            and last.word == mark.word
            and mark.end - last.start <= WINDOW_LENGTH
            and not any(map(str.isalnum, text[last.end : mark.start]))
        ):
            runs[-1] = Mark(last.start, mark.end, mark.word)
        else:
            runs.append(mark)
    return runs


def _weigh(runs: Sequence[Mark], shown: Collection[int]) -> dict[int, int]:
    """The weight of each word of the query."""
    counts = Counter(run.word for run in runs)
    return {
        word: _SHOWN_WEIGHT if word in shown else _WORD_WEIGHT + _RARE_WEIGHT // count
        for word, count in counts.items()
    }


def _words_in(runs: Sequence[Mark], passages: Iterable[Passage]) -> set[int]:
    """The words of the query that the passages show."""
    return {
        run.word
        for passage in passages
        for run in _inside(runs, passage.start, passage.end)
    }


def _best_window(runs: Sequence[Mark], weights: dict[int, int]) -> Window | None:
    """The window of highest rank, by a sliding window with three ascending indices.

    The window is ``runs[first]`` to ``run``; ``beyond`` is the first run that starts
    too far from its beginning.
    """
    best: Window | None = None
    inside: Counter[int] = Counter()
    weight = marked = first = beyond = 0
    for run in runs:
        weight += 0 if inside[run.word] else weights[run.word]
        inside[run.word] += 1
        marked += run.end - run.start
        # Drop runs that are too far off, and first ones whose word comes again.
        while (
            run.end - runs[first].start > WINDOW_LENGTH or inside[runs[first].word] > 1
        ) and runs[first] is not run:
            dropped = runs[first]
            first += 1
            inside[dropped.word] -= 1
            marked -= dropped.end - dropped.start
            if not inside[dropped.word]:
                del inside[dropped.word]
                weight -= weights[dropped.word]
        start = runs[first].start
        while beyond < len(runs) and runs[beyond].start < start + WINDOW_LENGTH:
            beyond += 1
        gap = (run.end - start - marked) // _GAP_STEP
        rank = (weight, -gap, min(beyond - first, _MOST_RUNS), -start)
        if best is None or rank > best.rank:
            best = Window(start, run.end, len(inside), rank)
    return best


def _inside(runs: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    """The runs that stand wholly between two offsets."""
    first = bisect_left(runs, start, key=lambda run: run.start)
    last = bisect_left(runs, end, key=lambda run: run.start)
    if last > first and runs[last - 1].end > end:
        last -= 1
    return runs[first:last]


def _free_ranges(tried: Sequence[Passage], whole: _Range) -> list[_Range]:
    """The parts of the text outside the passages tried, in order."""
    ranges = []
    start = whole.start
    for passage in sorted(tried, key=lambda passage: passage.start):
        ranges.append(_Range(start, passage.start))
        start = passage.end
    ranges.append(_Range(start, whole.end))
    return [each for each in ranges if each.start < each.end]


def _fit(text: str, window: tuple[int, int], free: _Range, whole: _Range) -> Passage:
    """The passage round *window* with the best boundaries in *free*."""
    slack = max(0, PASSAGE_LENGTH - (window[1] - window[0]))
    ideal = window[0] - int(slack * _LEAD)
    earliest = window[0] - int(slack * _LONGEST_LEAD)
    opening = _open(text, (earliest, window[0]), ideal, free, whole)
    closing = _close(text, window[1], opening.start + PASSAGE_LENGTH, free, whole)
    if closing.end - opening.start < PASSAGE_LENGTH * _SHORT:
        earliest = closing.end - PASSAGE_LENGTH
        wider = _open(text, (earliest, opening.start), earliest, free, whole)
        opening = wider if wider.cut is Cut.SENTENCE else opening
    return Passage(opening.start, closing.end, opening.cut, closing.cut)


def _open(
    text: str, between: tuple[int, int], ideal: int, free: _Range, whole: _Range
) -> Boundary:
    """The best boundary to begin at, or the latest offset where there is none."""
    earliest, latest = between
    boundaries = [
        boundary
        for boundary in find_boundaries(text, max(free.start, earliest), latest)
        if boundary.start <= latest
    ]
    if earliest <= whole.start == free.start:
        boundaries.append(
            Boundary(whole.start, whole.start, Cut.SENTENCE, quoted=False)
        )
    if not boundaries:
        return Boundary(latest, latest, Cut.WORD, quoted=False)
    return max(boundaries, key=lambda each: -abs(ideal - each.start) - _cost(each))


def _close(
    text: str, earliest: int, latest: int, free: _Range, whole: _Range
) -> Boundary:
    """The best boundary to end at, or the last offset possible where there is none."""
    last = min(latest, free.end)
    boundaries = [
        boundary
        for boundary in find_boundaries(text, earliest, last + 1)
        if boundary.end <= last
    ]
    if last == whole.end:
        boundaries.append(Boundary(last, last, Cut.SENTENCE, quoted=False))
    if not boundaries:
        end = earliest if earliest <= last else last
        return Boundary(end, end, Cut.WORD, quoted=False)
    return max(boundaries, key=lambda each: each.end - _cost(each))


def _cost(boundary: Boundary) -> int:
    return _CUT_COST[boundary.cut] + (_QUOTED_COST if boundary.quoted else 0)


def _repeats(text: str, passage: Passage, other: Passage) -> bool:
    """Whether some words in a row of *passage* stand in *other*, too."""
    said = " ".join(text[other.start : other.end].split())
    words = text[passage.start : passage.end].split()
    last = max(1, len(words) - _SAME_WORDS + 1)
    return any(
        " ".join(words[at : at + _SAME_WORDS]) in said
        for at in range(0, last, _SAME_WORDS)
    )
