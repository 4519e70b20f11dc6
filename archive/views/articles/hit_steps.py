"""Previous and next hit of an article, as links that work without a script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

# The query parameter of an article's URL for the number of the current hit.
CURRENT_HIT: Final = "hit"
# The query parameter for the part of a long text, from 1.
PART: Final = "part"
# The id of the beginning of the text.
TEXT_ANCHOR: Final = "text"
# Parts that are looked through for the next hit, a few hundredths of a second each.
PARTS_SEARCHED: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A hit by the part of the text that it is in; ``hit`` is 0 for the part alone."""

    part: int
    hit: int

    @property
    def part_parameter(self) -> int | None:
        """The part in its address; ``None`` for the first, which is left out."""
        return self.part if self.part > 1 else None

    @property
    def hit_parameter(self) -> int | None:
        """The hit in its address; ``None`` where it is left out."""
        return self.hit or None

    @property
    def anchor(self) -> str:
        """The id of its element."""
        return f"hit-{self.hit}" if self.hit else TEXT_ANCHOR


@dataclass(frozen=True, slots=True)
class HitSteps:
    """The position of a reader among *count* hits; ``current`` is from 1, 0 for none.

    The steps are cyclic: the first hit follows the last one, as in a browser's search.
    In a text of several parts the hits are those of ``part``; ``after`` is the next
    hit in another part, ``before`` the previous one.
    """

    count: int
    current: int = 0
    part: int = 1
    before: Place | None = None
    after: Place | None = None

    @property
    def following(self) -> Place | None:
        """The next hit; ``None`` where there are no hits."""
        if self.after and self.current >= self.count:
            return self.after
        return Place(self.part, self.current % self.count + 1) if self.count else None

    @property
    def preceding(self) -> Place | None:
        """The previous hit; the last one where none is current."""
        if self.before and self.current <= 1:
            return self.before
        hit = self.current - 1 if self.current > 1 else self.count
        return Place(self.part, hit) if hit else None


def find_places(
    part: int, last: int, count_hits: Callable[[int], int]
) -> tuple[Place | None, Place | None]:
    """The nearest hits in parts before and after *part*, of *last* parts, cyclic.

    *count_hits* tells the hits of a part. Where the next PARTS_SEARCHED parts have
    none, the last of these parts is the place; ``None`` where no other part has any.
    """
    counts: dict[int, int] = {}

    def count(number: int) -> int:
        if number not in counts:
            counts[number] = count_hits(number)
        return counts[number]

    others = [(part - 1 + step) % last + 1 for step in range(1, last)]
    after = _find_place(others, count, is_last=False)
    return _find_place(others[::-1], count, is_last=True), after


def _find_place(
    parts: Sequence[int], count: Callable[[int], int], *, is_last: bool
) -> Place | None:
    for number in parts[:PARTS_SEARCHED]:
        if hits := count(number):
            return Place(number, hits if is_last else 1)
    if len(parts) > PARTS_SEARCHED:
        return Place(parts[PARTS_SEARCHED - 1], 0)
    return None


def read_steps(text: str, count: int) -> HitSteps:
    """The steps from hit number *text*; from no hit where it is not a number of one.

    >>> [read_steps(text, 3).current for text in ("3", "4", "٣", "-1")]
    [3, 0, 0, 0]
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(count))
    current = int(text) if is_number else 0
    return HitSteps(count, current if current <= count else 0)
