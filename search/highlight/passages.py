"""Which passages of a text show best why it matched, and where they are cut.

Public: `Passage`, `choose_passages`, `find_best_window`.

A passage is chosen by how many words of the query it shows, rare ones a little
before common ones, then by how near to one another these stand, then by how many
other hits stand there, then by its place. All of it takes time in proportion to the
marks, never to their square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from search.highlight.highlighter import Mark
from search.highlight.sentence_breaks import Boundary, Cut, find_boundaries

# Characters of one passage, and how many of them a text is shown by.
PASSAGE_LENGTH: Final = 220
PASSAGES: Final = 2
# The words that a passage is chosen for stand within so many characters.
REACH: Final = 150
# What a word of the query is worth, and how much a single occurrence adds to that; a
# word that another passage shows is worth next to nothing.
_WORD_WORTH: Final = 1000
_RARE_WORTH: Final = 50
_SHOWN_WORTH: Final = 1
# Words so many characters nearer are nearer to the eye.
_GAP_STEP: Final = 20
# More hits than these make a passage no better.
_CROWD: Final = 3
# Characters that a passage may be shorter, or a beginning further off, for the sake
# of a better place to cut at.
_COST: Final = {Cut.SENTENCE: 0, Cut.CLAUSE: 40, Cut.WORD: 80}
_QUOTED_COST: Final = 60
# Of the room that the words leave, the part before them: as a rule, and at most.
_LEAD: Final = 1 / 3
_LONGEST_LEAD: Final = 2 / 3
# A passage that ends before this part of its length may begin a sentence earlier.
_SHORT: Final = 0.6
# How often another passage is looked for where the best one repeats the first.
_ATTEMPTS: Final = 3
# A passage repeats another where so many words in a row stand in both.
_SAME_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text by its offsets; ``opens`` and ``closes`` tell how it is cut."""

    start: int
    end: int
    opens: Cut
    closes: Cut


@dataclass(frozen=True, slots=True)
class Window:
    """Hits that a passage is chosen for; ``words`` is how many different ones."""

    start: int
    end: int
    words: int
    rank: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Room:
    """The part of a text that a passage may be taken from."""

    start: int
    end: int


def choose_passages(
    text: str, marks: Sequence[Mark], start: int = 0
) -> tuple[Passage, ...]:
    """The best passages of *text* from *start* on, in reading order.

    They do not overlap, and none repeats what another says unless it shows another
    word of the query. Without a mark it is the beginning; nothing but white space has
    none.
    """
    whole = _trim(text, start)
    if whole.start >= whole.end:
        return ()
    runs = [run for run in _join(text, marks) if run.start >= whole.start]
    if not runs:
        return (_fit(text, (whole.start, whole.start), whole, whole),)
    chosen: list[Passage] = []
    barred: list[Passage] = []
    while len(chosen) < PASSAGES and len(barred) < PASSAGES + _ATTEMPTS:
        passage = _choose_next(text, runs, chosen, barred, whole)
        if passage is None:
            break
        barred.append(passage)
        is_new = _words_in(runs, [passage]) - _words_in(runs, chosen)
        if is_new or not any(_repeats(text, passage, other) for other in chosen):
            chosen.append(passage)
    return tuple(sorted(chosen, key=lambda passage: passage.start))


def find_best_window(text: str, marks: Sequence[Mark]) -> Window | None:
    """The hits that show most words of the query near one another, or ``None``."""
    runs = _join(text, marks)
    return _best_window(runs, _weigh(runs, ())) if runs else None


def _choose_next(
    text: str,
    runs: Sequence[Mark],
    chosen: Sequence[Passage],
    barred: Sequence[Passage],
    whole: _Room,
) -> Passage | None:
    """The best passage beside those barred, or ``None``."""
    worth = _weigh(runs, _words_in(runs, chosen))
    best: tuple[Window, _Room] | None = None
    for room in _rooms(barred, whole):
        core = _best_window(_inside(runs, room.start, room.end), worth)
        if core and (best is None or core.rank > best[0].rank):
            best = core, room
    if best is None:
        return None
    core, room = best
    return _fit(text, (core.start, core.end), room, whole)


def _trim(text: str, start: int) -> _Room:
    """What of *text* from *start* on is more than white space at either end."""
    end = len(text.rstrip())
    while start < end and text[start].isspace():
        start += 1
    return _Room(start, end)


def _join(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Neighboring marks of one word or phrase as one, so that no phrase is cut."""
    runs: list[Mark] = []
    for mark in marks:
        last = runs[-1] if runs else None
        if (
            last
            and last.word == mark.word
            and mark.end - last.start <= REACH
            and not any(map(str.isalnum, text[last.end : mark.start]))
        ):
            runs[-1] = Mark(last.start, mark.end, mark.word)
        else:
            runs.append(mark)
    return runs


def _weigh(runs: Sequence[Mark], shown: Collection[int]) -> dict[int, int]:
    """What each word of the query is worth."""
    counts = Counter(run.word for run in runs)
    return {
        word: _SHOWN_WORTH if word in shown else _WORD_WORTH + _RARE_WORTH // count
        for word, count in counts.items()
    }


def _words_in(runs: Sequence[Mark], passages: Iterable[Passage]) -> set[int]:
    """The words of the query that the passages show."""
    return {
        run.word
        for passage in passages
        for run in _inside(runs, passage.start, passage.end)
    }


def _best_window(runs: Sequence[Mark], worth: dict[int, int]) -> Window | None:
    """The best window of *runs*, looked for with three places that only go forward."""
    best: Window | None = None
    inside: Counter[int] = Counter()
    value = marked = first = beyond = 0
    for run in runs:
        value += 0 if inside[run.word] else worth[run.word]
        inside[run.word] += 1
        marked += run.end - run.start
        # Out goes what is too far off, and what the window shows once more.
        while (
            run.end - runs[first].start > REACH or inside[runs[first].word] > 1
        ) and runs[first] is not run:
            gone = runs[first]
            first += 1
            inside[gone.word] -= 1
            marked -= gone.end - gone.start
            if not inside[gone.word]:
                del inside[gone.word]
                value -= worth[gone.word]
        start = runs[first].start
        while beyond < len(runs) and runs[beyond].start < start + REACH:
            beyond += 1
        gap = (run.end - start - marked) // _GAP_STEP
        rank = (value, -gap, min(beyond - first, _CROWD), -start)
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


def _rooms(barred: Sequence[Passage], whole: _Room) -> list[_Room]:
    """What of the text the barred passages leave free, in order."""
    rooms = []
    start = whole.start
    for passage in sorted(barred, key=lambda passage: passage.start):
        rooms.append(_Room(start, passage.start))
        start = passage.end
    rooms.append(_Room(start, whole.end))
    return [room for room in rooms if room.start < room.end]


def _fit(text: str, core: tuple[int, int], room: _Room, whole: _Room) -> Passage:
    """The passage round *core*, cut where it may best be cut."""
    slack = max(0, PASSAGE_LENGTH - (core[1] - core[0]))
    ideal = core[0] - int(slack * _LEAD)
    opening = _open(
        text, core[0], core[0] - int(slack * _LONGEST_LEAD), ideal, room, whole
    )
    closing = _close(text, core[1], opening.start + PASSAGE_LENGTH, room, whole)
    if closing.end - opening.start < PASSAGE_LENGTH * _SHORT:
        earliest = closing.end - PASSAGE_LENGTH
        wider = _open(text, opening.start, earliest, earliest, room, whole)
        opening = wider if wider.cut is Cut.SENTENCE else opening
    return Passage(opening.start, closing.end, opening.cut, closing.cut)


def _open(
    text: str, latest: int, earliest: int, ideal: int, room: _Room, whole: _Room
) -> Boundary:
    """The best place to begin at, or *latest* where there is none."""
    places = [
        place
        for place in find_boundaries(text, max(room.start, earliest), latest)
        if place.start <= latest
    ]
    if earliest <= whole.start == room.start:
        places.append(Boundary(whole.start, whole.start, Cut.SENTENCE, quoted=False))
    if not places:
        return Boundary(latest, latest, Cut.WORD, quoted=False)
    return max(places, key=lambda place: -abs(ideal - place.start) - _cost(place))


def _close(
    text: str, earliest: int, latest: int, room: _Room, whole: _Room
) -> Boundary:
    """The best place to end at, or the last possible where there is none."""
    last = min(latest, room.end)
    places = find_boundaries(text, earliest, last + 1)
    places = [place for place in places if place.end <= last]
    if last == whole.end:
        places.append(Boundary(last, last, Cut.SENTENCE, quoted=False))
    if not places:
        end = earliest if earliest <= last else last
        return Boundary(end, end, Cut.WORD, quoted=False)
    return max(places, key=lambda place: place.end - _cost(place))


def _cost(place: Boundary) -> int:
    return _COST[place.cut] + (_QUOTED_COST if place.quoted else 0)


def _repeats(text: str, passage: Passage, other: Passage) -> bool:
    """Whether a good part of *passage* is also what *other* says."""
    said = " ".join(text[other.start : other.end].split())
    words = text[passage.start : passage.end].split()
    last = max(1, len(words) - _SAME_WORDS + 1)
    return any(
        " ".join(words[at : at + _SAME_WORDS]) in said
        for at in range(0, last, _SAME_WORDS)
    )
