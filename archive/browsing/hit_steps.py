"""Previous and next hit of an article, as links that work without a script."""

from dataclasses import dataclass
from typing import Final

# The query parameter of an article's URL for the number of the current hit.
CURRENT_HIT: Final = "hit"


@dataclass(frozen=True, slots=True)
class HitSteps:
    """The position of a reader among *count* hits; ``current`` is from 1, 0 for none.

    The steps are cyclic: the first hit follows the last one, as in a browser's search.
    """

    count: int
    current: int = 0

    @property
    def following(self) -> int:
        """The number of the next hit; 0 where there are no hits."""
        return self.current % self.count + 1 if self.count else 0

    @property
    def preceding(self) -> int:
        """The number of the previous hit; the last one where none is current."""
        return self.current - 1 if self.current > 1 else self.count


def read_steps(text: str, count: int) -> HitSteps:
    """The steps from hit number *text*; from no hit where it is not a number of one.

    >>> read_steps("3", 3)
    HitSteps(count=3, current=3)
    >>> read_steps("٣", 2), read_steps("-1", 2)
    (HitSteps(count=2, current=0), HitSteps(count=2, current=0))
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(count))
    current = int(text) if is_number else 0
    return HitSteps(count, current if current <= count else 0)
