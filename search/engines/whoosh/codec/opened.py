"""Segment files as a process has them open: `open_segment`."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

from search.engines.whoosh.codec.segment_reader import SegmentData
from search.engines.whoosh.files import Stamp, stamp_file

# Segment files never change, so that one open file serves all readers of a process.
# One that was written to nevertheless has another stamp, and is checked anew.
_Key = tuple[Path, Stamp | None]
_OPEN: Final[WeakValueDictionary[_Key, SegmentData]] = WeakValueDictionary()


def open_segment(path: Path) -> SegmentData:
    """The segment at *path*, opened once for as long as anyone reads it."""
    key = path, stamp_file(path)
    data = _OPEN.get(key)
    if data is None:
        data = SegmentData(path)
        _OPEN[key] = data
    return data
