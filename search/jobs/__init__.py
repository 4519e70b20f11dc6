"""Files that are made in the background: long exports and lists of searches.

A job is a row, so that it survives a restart; one process at a time runs them.
"""

from search.jobs.background import Background, list_chores
from search.jobs.files import (
    KEPT,
    MOST_KEPT,
    file_path,
    has_withdrawn,
    remove_expired,
    remove_file,
)
from search.jobs.making import TooManyJobs, ask_for_batch, ask_for_export, cancel
from search.jobs.running import is_waiting, run_waiting

__all__ = [
    "KEPT",
    "MOST_KEPT",
    "Background",
    "TooManyJobs",
    "ask_for_batch",
    "ask_for_export",
    "cancel",
    "file_path",
    "has_withdrawn",
    "is_waiting",
    "list_chores",
    "remove_expired",
    "remove_file",
    "run_waiting",
]
