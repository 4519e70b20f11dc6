"""How long a search may take: `Deadline`."""

from __future__ import annotations

from time import monotonic

from django.utils.translation import gettext_lazy as _

from search.errors import QueryTooExpensive


class Deadline:
    """The end of the time of one search, which begins now and has *seconds*.

    ``None`` seconds never end. What is done between two checks takes some
    milliseconds, or for a pattern in a very large lexicon a second.
    """

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else monotonic() + seconds

    def check(self) -> None:
        """Raise QueryTooExpensive where the time is over."""
        if self._end is not None and monotonic() > self._end:
            raise QueryTooExpensive(
                _(
                    "This search takes too long. Leave out some words, above all "
                    "those with an asterisk, “?” or “~”."
                )
            )
