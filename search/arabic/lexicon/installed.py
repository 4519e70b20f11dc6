"""The lexicon of this installation, opened once a process."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

from search.arabic.lexicon.lookup import Lexicon

# In the environment, so that processes that are started find it too.
_VARIABLE: Final = "SIJILL_LEXICON"


class LexiconMissing(RuntimeError):
    """There is no compiled lexicon where the installation has it."""


def use(folder: Path) -> None:
    """Let this process, and those that it starts, use the lexicon in *folder*."""
    if os.environ.get(_VARIABLE) != str(folder):
        os.environ[_VARIABLE] = str(folder)
        current.cache_clear()


@cache
def current() -> Lexicon:
    """The lexicon in use; raises LexiconMissing where it was not compiled."""
    folder = os.environ.get(_VARIABLE, "")
    try:
        return Lexicon(Path(folder))
    except FileNotFoundError as error:
        raise LexiconMissing(
            f"There is no lexicon in {folder or 'the data directory'}. Compile it:"
            " python3 start.py manage build_lexicon"
        ) from error
