"""A quotation beside the passage of a text that is most like it, word by word.

The whole quotation is aligned with any part of the text (semi-global alignment, after
Needleman and Wunsch, 1970): words are the same where their surface forms are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from search.arabic.analyzer import Token

# Words of the text on either side of where the quotation seems to begin and end.
_MARGIN: Final = 12


class Change(StrEnum):
    """What has become of a word; `SPELLING` is no change of the wording."""

    SAME = "same"
    SPELLING = "spelling"
    CHANGED = "changed"
    ADDED = "added"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Step:
    """A word of the quotation, of the text, or of both.

    ``quoted`` is empty where a word of the text is missing from the quotation,
    ``printed`` where the quotation has one too many. ``start`` and ``end`` are offsets
    of ``printed`` in the text; of an added word, where it would stand.
    """

    change: Change
    quoted: str
    printed: str
    start: int
    end: int


def align(quotation: Sequence[Token], text: Sequence[Token]) -> list[Step]:
    """The steps from the passage of *text* to *quotation*; ``[]`` without likeness.

    >>> from search.arabic.analyzer import analyze
    >>> text = analyze("ثم سارت القافلة الى حلب")
    >>> steps = align(analyze("سارت القافلة إلى دمشق"), text)
    >>> [(step.change.value, step.quoted, step.printed) for step in steps][-2:]
    [('spelling', 'إلى', 'الى'), ('changed', 'دمشق', 'حلب')]
    """
    window = _find_window(quotation, text)
    return _trace(quotation, window) if window else []


def _find_window(quotation: Sequence[Token], text: Sequence[Token]) -> Sequence[Token]:
    """The part of the text in which most words of the quotation stand in its order."""
    places = defaultdict(list)
    for place, token in enumerate(text):
        places[token.surface].append(place)
    # Words that are frequent in the text say little about where the quotation is.
    votes: defaultdict[int, float] = defaultdict(float)
    for place, token in enumerate(quotation):
        found = places.get(token.surface, [])
        for other in found:
            votes[(other - place) // _MARGIN] += 1 / len(found)
    if not votes:
        return []
    joined = {shift: votes[shift] + votes.get(shift + 1, 0) for shift in votes}
    shift = max(joined, key=lambda each: (joined[each], -each)) * _MARGIN
    first = max(0, shift - _MARGIN)
    return text[first : shift + len(quotation) + 3 * _MARGIN]


def _trace(quotation: Sequence[Token], text: Sequence[Token]) -> list[Step]:
    """The cheapest way through the table of costs, from its end to its beginning."""
    costs = _costs(quotation, text)
    row = len(quotation)
    # Of equal ends the last: the last word was changed, not one added behind the text.
    column = min(range(len(text), -1, -1), key=costs[row].__getitem__)
    steps: list[Step] = []
    while row:
        here = costs[row][column]
        if column and here == costs[row - 1][column - 1] + _cost(
            quotation[row - 1], text[column - 1]
        ):
            row, column = row - 1, column - 1
            steps.append(_pair(quotation[row], text[column]))
        elif here == costs[row - 1][column] + 1:
            row -= 1
            at = text[column - 1].end if column else text[0].start
            steps.append(Step(Change.ADDED, quotation[row].printed, "", at, at))
        else:
            column -= 1
            token = text[column]
            steps.append(
                Step(Change.MISSING, "", token.printed, token.start, token.end)
            )
    steps.reverse()
    return steps


def _costs(quotation: Sequence[Token], text: Sequence[Token]) -> list[list[int]]:
    """Costs [len(quotation) + 1][len(text) + 1]; where it begins costs nothing."""
    costs = [[0] * (len(text) + 1)]
    for row, token in enumerate(quotation, 1):
        above, line = costs[-1], [row]
        for column, other in enumerate(text, 1):
            line.append(
                min(
                    above[column - 1] + _cost(token, other),
                    above[column] + 1,
                    line[-1] + 1,
                )
            )
        costs.append(line)
    return costs


def _cost(token: Token, other: Token) -> int:
    return int(token.surface != other.surface)


def _pair(quoted: Token, printed: Token) -> Step:
    change = Change.CHANGED
    if quoted.printed == printed.printed:
        change = Change.SAME
    elif quoted.surface == printed.surface:
        change = Change.SPELLING
    return Step(change, quoted.printed, printed.printed, printed.start, printed.end)
