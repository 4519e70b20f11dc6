"""What is taken away, by whichever door: a search, a choice, a basket, a list.

Pages and jobs in the background read the same addresses here.
"""

from search.taking.reading import BASKET, CITED, LIST, STATE, read_columns, read_taken
from search.taking.taken import NotTaken, Taken

__all__ = [
    "BASKET",
    "CITED",
    "LIST",
    "STATE",
    "NotTaken",
    "Taken",
    "read_columns",
    "read_taken",
]
