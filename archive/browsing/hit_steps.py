"""Steps from one marked word of an article to the next, without a script.

Public: `HitSteps`, `read_steps`, `CURRENT_HIT`.
"""

from dataclasses import dataclass
from typing import Final

# The key in the address of an article that says at which hit the reader is.
CURRENT_HIT: Final = "hit"


@dataclass(frozen=True, slots=True)
class HitSteps:
    """Where a reader is among *count* hits; ``current`` is 0 before the first step.

    The first hit follows the last one, as it does in the search of a browser.
    """

    count: int
    current: int = 0

    @property
    def following(self) -> int:
        """The number of the next hit."""
        return self.current % self.count + 1 if self.count else 0

    @property
    def preceding(self) -> int:
        """The number of the hit before; the last one before the first step."""
        return self.current - 1 if self.current > 1 else self.count


def read_steps(text: str, count: int) -> HitSteps:
    """The steps from the hit that *text* names; from none where it names none.

    >>> read_steps("3", 3)
    HitSteps(count=3, current=3)
    >>> read_steps("٣", 2), read_steps("-1", 2)
    (HitSteps(count=2, current=0), HitSteps(count=2, current=0))
    """
    given = text.isascii() and text.isdigit() and len(text) <= len(str(count))
    current = int(text) if given else 0
    return HitSteps(count, current if current <= count else 0)
