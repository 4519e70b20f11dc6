"""Versions of articles: who changed what and when, word differences, restoring.

Every writer records what it replaces, so that a version costs no more than what it
differs by, and a new article nothing.
"""

from archive.versions.difference import Run, RunKind, compare_lines, compare_texts
from archive.versions.history import History, Version, read_history
from archive.versions.record import (
    Made,
    already_recorded,
    record_lost_links,
    record_replaced,
    record_saved,
    recording,
)
from archive.versions.restore import NotRestorable, Restored, restore_version
from archive.versions.signals import connect_versions
from archive.versions.state import LINKS, TEXTS, State, find_replaced, read_states

__all__ = [
    "LINKS",
    "TEXTS",
    "History",
    "Made",
    "NotRestorable",
    "Restored",
    "Run",
    "RunKind",
    "State",
    "Version",
    "already_recorded",
    "compare_lines",
    "compare_texts",
    "connect_versions",
    "find_replaced",
    "read_history",
    "read_states",
    "record_lost_links",
    "record_replaced",
    "record_saved",
    "recording",
    "restore_version",
]
