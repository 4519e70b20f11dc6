"""Where the lexicon of this installation lies; see ``installed`` for what is in it.

Apart from it, because every command says where, and few look a word up: NumPy takes a
tenth of a second to import.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

# The file that tells what a lexicon was compiled from, and what it holds.
STAMP: Final = "stamp.json"
# In the environment, so that processes that are started find it too.
_VARIABLE: Final = "SIJILL_LEXICON"
# What of a stamp tells what is in the lexicon.
_CONTENT: Final = ("checksums", "proclitics", "enclitics")
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
    os.environ[_VARIABLE] = str(folder)


def find() -> Path:
    """The folder of the lexicon in use."""
    return Path(os.environ.get(_VARIABLE, ""))


def read_stamp(folder: Path) -> dict[str, Any]:
    """The stamp of the lexicon in *folder*; empty where there is none to read."""
    try:
        stamp = json.loads((folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def content_digest(stamp: Mapping[str, Any]) -> str:
    """What tells the lexicon with this *stamp* from every other: SHA-256, in hex."""
    content = [stamp.get(name) for name in _CONTENT]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def digest() -> str:
    """What tells the lexicon in use from every other one; empty without a lexicon."""
    return str(read_stamp(find()).get("digest", ""))


def missing_error(folder: Path) -> Exception:
    """The error to raise where there is no lexicon in *folder*."""
    [missing] = _errors or [LexiconMissing]
    return missing(folder)
