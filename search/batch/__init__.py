"""Many searches at once: a list of queries or names in, one table out."""

from search.batch.lists import MOST_QUERIES, read_lines, read_table
from search.batch.table import BatchRow, run_batch, write_batch

__all__ = [
    "MOST_QUERIES",
    "BatchRow",
    "read_lines",
    "read_table",
    "run_batch",
    "write_batch",
]
