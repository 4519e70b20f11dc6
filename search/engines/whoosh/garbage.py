"""How often Python looks for garbage while an index is written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# New objects after which garbage is looked for. What is analyzed lives until it is
# written and has no cycles: with Python's 700, looking among it took a sixth of the
# time of indexing; with ten times this number, nothing more is gained.
_NEW_OBJECTS: Final = 30_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """Garbage is looked for less often inside; also a decorator."""
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
