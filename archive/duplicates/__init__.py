"""Articles with the same text, nearly so, or within a longer one: found, told, linked.

Nothing is refused, merged or hidden for being alike; people say what it means.
"""

from archive.duplicates.answers import answer_pairs, list_reprints, list_waiting
from archive.duplicates.find import Found, find_alike, note_texts
from archive.duplicates.recent import RecentRuns
from archive.duplicates.reprints import Reprints, find_reprints
from archive.duplicates.signals import connect_duplicates

__all__ = [
    "Found",
    "RecentRuns",
    "Reprints",
    "answer_pairs",
    "connect_duplicates",
    "find_alike",
    "find_reprints",
    "list_reprints",
    "list_waiting",
    "note_texts",
]
