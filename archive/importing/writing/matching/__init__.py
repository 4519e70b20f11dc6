"""Which article in the archive a record is, and which it only looks like."""

from archive.importing.writing.matching.duplicates import (
    correct_sources,
    find_same_texts,
    note_alike,
    note_duplicates,
)
from archive.importing.writing.matching.identities import Candidate, Identities

__all__ = [
    "Candidate",
    "Identities",
    "correct_sources",
    "find_same_texts",
    "lookup",
    "names",
    "note_alike",
    "note_duplicates",
]
