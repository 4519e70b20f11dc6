"""What a file of articles is about: the question, the archive, the day, how many."""

import datetime as dt
from dataclasses import dataclass

from archive.references import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The circumstances of an export.

    ``place`` builds addresses of articles; ``site_name`` and ``question`` are in the
    language of the reader; ``address`` opens the search or the selection again.
    ``columns`` are the names of the columns wanted in a table, in its order; empty for
    all of them.
    """

    place: Place
    site_name: str
    question: str
    address: str
    total: int
    made_at: dt.datetime
    columns: tuple[str, ...] = ()
