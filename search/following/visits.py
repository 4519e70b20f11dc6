"""What is new since the last visit to a saved search.

Pages that are opened soon after one another are one visit, so that what is new stays
so while its owner reads and goes back; the next visit begins with what came after it.
"""

import datetime as dt
from typing import Final

from search.models import SavedSearch

# A longer pause ends a visit.
PAUSE: Final = dt.timedelta(hours=4)


def seen_until(saved: SavedSearch, now: dt.datetime) -> int:
    """The number of the last alert that the owner saw on an earlier visit, or marked.

    >>> noon = dt.datetime(1911, 3, 8, 12, tzinfo=dt.UTC)
    >>> saved = SavedSearch(seen=3, shown=9, shown_at=noon)
    >>> seen_until(saved, noon + PAUSE / 2), seen_until(saved, noon + PAUSE)
    (3, 9)
    """
    if saved.shown_at is None or abs(now - saved.shown_at) < PAUSE:
        return saved.seen
    return max(saved.seen, saved.shown)


def note_visit(saved: SavedSearch, last: int, now: dt.datetime) -> None:
    """Note that the alerts up to the number *last* are shown to the owner now."""
    saved.seen = seen_until(saved, now)
    saved.shown = max(saved.shown, last)
    saved.shown_at = now
    saved.save(update_fields=["seen", "shown", "shown_at"])
