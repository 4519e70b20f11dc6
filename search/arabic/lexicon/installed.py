"""The lexicon of this installation, opened once a process."""

from __future__ import annotations

from functools import cache

from search.arabic.lexicon import location
from search.arabic.lexicon.lookup import Lexicon


@cache
def current() -> Lexicon:
    """The lexicon in use; raises what ``location.use`` was given if there is none."""
    folder = location.find()
    try:
        return Lexicon(folder)
    except (OSError, ValueError) as error:
        raise location.missing_error(folder) from error
