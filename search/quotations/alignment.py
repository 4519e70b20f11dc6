"""A quotation beside the passage of a text that is most like it, word by word.

The whole quotation is aligned with any part of the text (semi-global alignment, after
Needleman and Wunsch, 1970): words are the same where a spelling key is, and so
are words that are written together in one and apart in the other. Where the quotation
has dots for what it leaves out, words may be left out without being missing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from search.arabic.analyzer import Token
from search.quotations.spellings import spelling_key, spelling_keys

# Words of the text on either side of where the quotation seems to begin and end.
_MARGIN: Final = 12
# Parts of a text that a quotation is compared with.
_WINDOWS: Final = 3
# The most words that are written together: و لا سيما.
_MOST_JOINED: Final = 3
# Words of the text that dots may stand for.
_MOST_LEFT_OUT: Final = 200
# Costs of a word that is missing, and of one that is changed or added. The first and
# the last word of a quotation hold it in its place: that two words are missing beside
# one of them is likelier than that it is another word, with any text before it for
# nothing. Of ways that cost the same, the one that finds more words of the quotation:
# no quotation has as many as one change costs.
_MISSING, _CHANGED, _AT_AN_END = 400, 400, 900


class Change(StrEnum):
    """What has become of a word.

    `SPELLING` is no change of the wording, and `LEFT_OUT` one that the quotation owns.
    """

    SAME = "same"
    SPELLING = "spelling"
    LEFT_OUT = "left_out"
    CHANGED = "changed"
    ADDED = "added"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Step:
    """A word of the quotation, of the text, or of both; or several written together.

    ``quoted`` is empty where a word of the text is missing from the quotation,
    ``printed`` where the quotation has one too many. ``start`` and ``end`` are offsets
    of ``printed`` in the text; of an added word, where it would stand.
    """

    change: Change
    quoted: str
    printed: str
    start: int
    end: int


def align(
    quotation: Sequence[Token], text: Sequence[Token], gaps: Collection[int] = ()
) -> list[Step]:
    """The steps from the passage of *text* to *quotation*; ``[]`` without likeness.

    *gaps* are the numbers of words before which the quotation has dots.

    >>> from search.arabic.analyzer import analyze
    >>> text = analyze("ثم سارت القافلة الى حلب")
    >>> steps = align(analyze("سارت القافلة إلى دمشق"), text)
    >>> [(step.change.value, step.quoted, step.printed) for step in steps][-2:]
    [('spelling', 'إلى', 'الى'), ('changed', 'دمشق', 'حلب')]
    """
    best: list[Step] = []
    for window in _iter_windows(quotation, text, _MOST_LEFT_OUT * len(gaps)):
        steps = _Table(quotation, window, gaps).trace()
        if not best or weigh(steps) < weigh(best):
            best = steps
        if not weigh(best):
            break
    return best


def weigh(steps: Sequence[Step]) -> int:
    """What the changes of *steps* cost: of two passages the cheaper one is meant."""
    ends = (steps[0], steps[-1]) if steps else ()
    return sum(
        _AT_AN_END if step.quoted and step in ends else _CHANGED
        for step in steps
        if step.change in (Change.CHANGED, Change.ADDED, Change.MISSING)
    )


def _iter_windows(
    quotation: Sequence[Token], text: Sequence[Token], left_out: int
) -> Iterator[Sequence[Token]]:
    """The parts of the text with most words of the quotation in its order.

    The best first; more than one, for a text says a thing again in other words.
    """
    places = defaultdict(list)
    for place, token in enumerate(text):
        places[token.surface].append(place)
    # Words that are frequent in the text say little about where the quotation is.
    votes: defaultdict[int, float] = defaultdict(float)
    for place, token in enumerate(quotation):
        found = places.get(token.surface, [])
        for other in found:
            votes[(other - place) // _MARGIN] += 1 / len(found)
    joined = {shift: votes[shift] + votes.get(shift + 1, 0) for shift in votes}
    taken: list[int] = []
    for shift in sorted(joined, key=lambda each: (-joined[each], each)):
        if all(abs(shift - other) > 1 for other in taken):
            taken.append(shift)
            # With dots, what was found may be the end of the quotation.
            first = max(0, (shift - 1) * _MARGIN - left_out)
            last = (shift + 3) * _MARGIN + len(quotation) + left_out
            yield text[first:last]
        if len(taken) == _WINDOWS:
            return


def _ends_of_joined(
    words: Sequence[Token], keys: Sequence[frozenset[str]]
) -> Iterator[tuple[str, int, int]]:
    """The keys of one to three neighbors as one word, their end and how many they are.

    Of the word, not of its parts: و وقع is ووقع.
    """
    surfaces = [word.surface for word in words]
    for end in range(1, len(surfaces) + 1):
        for key in keys[end - 1]:
            yield key, end, 1
        for width in range(2, min(_MOST_JOINED, end) + 1):
            yield spelling_key("".join(surfaces[end - width : end])), end, width


class _Table:
    """The costs of all beginnings of the quotation beside all of the passage."""

    def __init__(
        self, quotation: Sequence[Token], text: Sequence[Token], gaps: Collection[int]
    ) -> None:
        self._quotation, self._text, self._gaps = quotation, text, gaps
        quoted, printed = [*map(spelling_keys, quotation)], [*map(spelling_keys, text)]
        self._quoted, self._printed = quoted, printed
        # By row and column, how many words of each are the same, written together.
        self._joins: dict[tuple[int, int], tuple[int, int]] = {}
        ends = defaultdict(list)
        for key, end, width in _ends_of_joined(text, printed):
            ends[key].append((end, width))
        for key, row, width in _ends_of_joined(quotation, quoted):
            for column, other in ends.get(key, ()):
                # The fewest words come first.
                if width + other > 2:
                    self._joins.setdefault((row, column), (width, other))
        self._costs = self._fill()

    def _fill(self) -> list[list[int]]:
        """Costs [quoted + 1][printed + 1]; where the passage begins costs nothing."""
        costs = [[0] * (len(self._printed) + 1)]
        for row, keys in enumerate(self._quoted, 1):
            own = self._own_cost(row)
            above, line = costs[-1], [costs[-1][0] + own]
            step = 0 if row in self._gaps else _MISSING
            for column, other in enumerate(self._printed, 1):
                least = above[column - 1] + (own if keys.isdisjoint(other) else -1)
                least = min(least, above[column] + own, line[-1] + step)
                if (row, column) in self._joins:
                    rows, columns = self._joins[row, column]
                    # The row that is being filled is not one of them.
                    least = min(least, costs[row - rows][column - columns] - rows)
                line.append(least)
            costs.append(line)
        return costs

    def _own_cost(self, row: int) -> int:
        """The cost of a word of the quotation that is not the text's."""
        return _AT_AN_END if row in (1, len(self._quoted)) else _CHANGED

    def trace(self) -> list[Step]:
        """The cheapest way through the table, from its end to its beginning."""
        costs, row = self._costs, len(self._quoted)
        # Of equal ends the last: the last word was changed, not one added behind it.
        column = min(range(len(self._printed), -1, -1), key=costs[row].__getitem__)
        steps: list[Step] = []
        while row:
            rows, columns, change = self._choose(row, column)
            steps.append(self._step(row, column, rows, columns, change))
            row, column = row - rows, column - columns
        steps.reverse()
        return steps

    def _choose(self, row: int, column: int) -> tuple[int, int, Change]:
        """How many words of each the cheapest step takes, and what it is."""
        costs, here = self._costs, self._costs[row][column]
        if column:
            other = self._printed[column - 1]
            same = not other.isdisjoint(self._quoted[row - 1])
            own = -1 if same else self._own_cost(row)
            if here == costs[row - 1][column - 1] + own:
                return 1, 1, Change.SPELLING if same else Change.CHANGED
            rows, columns = self._joins.get((row, column), (0, 0))
            if rows and here == costs[row - rows][column - columns] - rows:
                return rows, columns, Change.SPELLING
        if here == costs[row - 1][column] + self._own_cost(row):
            return 1, 0, Change.ADDED
        return 0, 1, Change.LEFT_OUT if row in self._gaps else Change.MISSING

    def _step(
        self, row: int, column: int, rows: int, columns: int, change: Change
    ) -> Step:
        quoted = [token.printed for token in self._quotation[row - rows : row]]
        tokens = self._text[column - columns : column]
        printed = [token.printed for token in tokens]
        if change is Change.SPELLING and quoted == printed:
            change = Change.SAME
        if not tokens:
            at = self._text[column - 1].end if column else self._text[0].start
            return Step(change, " ".join(quoted), "", at, at)
        start, end = tokens[0].start, tokens[-1].end
        return Step(change, " ".join(quoted), " ".join(printed), start, end)
