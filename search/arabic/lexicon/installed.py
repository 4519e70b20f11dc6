"""The lexicon of this installation, opened once a process."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from search.arabic.lexicon.lookup import Lexicon

# In the environment, so that processes that are started find it too.
_VARIABLE: Final = "SIJILL_LEXICON"


# What is raised where there is no lexicon: a site has errors of its own.
_errors: list[Callable[[Path], Exception]] = []


class LexiconMissing(RuntimeError):
    """There is no compiled lexicon where the installation has it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no lexicon in {folder}. Compile it:"
            " python3 start.py manage build_lexicon"
        )


def use(folder: Path, missing: Callable[[Path], Exception] = LexiconMissing) -> None:
    """Let this process, and those that it starts, use the lexicon in *folder*.

    *missing* makes the error for a folder without one.
    """
    _errors[:] = [missing]
    if os.environ.get(_VARIABLE) != str(folder):
        os.environ[_VARIABLE] = str(folder)
        current.cache_clear()


@cache
def current() -> Lexicon:
    """The lexicon in use; raises what ``use`` was given where it was not compiled."""
    folder = Path(os.environ.get(_VARIABLE, ""))
    try:
        return Lexicon(folder)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        [missing] = _errors or [LexiconMissing]
        raise missing(folder) from error
