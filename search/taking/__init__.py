"""What is taken away, by whichever door: a search, a choice, a basket, a list.

Pages and jobs in the background read the same addresses here.
"""

from search.taking.describing import describe
from search.taking.reading import (
    BASKET,
    CITED,
    COLUMN,
    LIST,
    STATE,
    read_columns,
    read_parameters,
    read_taken,
)
from search.taking.taken import NotTaken, Taken

__all__ = [
    "BASKET",
    "CITED",
    "COLUMN",
    "LIST",
    "STATE",
    "NotTaken",
    "Taken",
    "describe",
    "read_columns",
    "read_parameters",
    "read_taken",
]
