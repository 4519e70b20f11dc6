"""Rates such as ``300/minute``."""

import re
from dataclasses import dataclass
from typing import Final

UNITS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
OFF: Final = "off"
# "300/minute"
_RATE_RE: Final = re.compile(rf"([0-9]{{1,7}})\s*/\s*({'|'.join(UNITS)})")


@dataclass(frozen=True, slots=True)
class Rate:
    """*count* requests in *seconds*, which may come in one burst.

    One more is allowed after each *interval*.
    """

    count: int
    seconds: int

    @property
    def interval(self) -> float:
        """Seconds between requests at the sustained rate."""
        return self.seconds / self.count


def parse(text: str) -> Rate | None:
    """The rate; None for ``off``. Raises ValueError for other texts.

    >>> parse("300/minute"), parse("off")
    (Rate(count=300, seconds=60), None)
    """
    if text == OFF:
        return None
    match = _RATE_RE.fullmatch(text)
    if match is None or not int(match[1]):
        raise ValueError(text)
    return Rate(int(match[1]), UNITS[match[2]])
