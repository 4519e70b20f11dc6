"""How much is allowed in how long: `Rate`, `parse`."""

import re
from dataclasses import dataclass
from typing import Final

UNITS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
OFF: Final = "off"
# "300/minute"
_RATE_RE: Final = re.compile(rf"([0-9]{{1,7}})\s*/\s*({'|'.join(UNITS)})")


@dataclass(frozen=True, slots=True)
class Rate:
    """*count* visits in *seconds*, all of them at once if the visitor likes.

    Each visit of the *count* comes back after its share of the *seconds*.
    """

    count: int
    seconds: int

    @property
    def interval(self) -> float:
        """Seconds until one more visit is allowed to who has used up all."""
        return self.seconds / self.count


def parse(text: str) -> Rate | None:
    """The rate; None for ``off``. Raises ValueError for anything else.

    >>> parse("300/minute"), parse("off")
    (Rate(count=300, seconds=60), None)
    """
    if text == OFF:
        return None
    match = _RATE_RE.fullmatch(text)
    if match is None or not int(match[1]):
        raise ValueError(text)
    return Rate(int(match[1]), UNITS[match[2]])
