"""Comparisons: words by month and source, and two searches side by side.

The engine counts (`search.engines.corpus`); here it becomes rows, charts and tables.
"""

from search.comparing.frequency import (
    MOST_WORDS,
    Asked,
    Cell,
    Frequencies,
    PeriodRow,
    Series,
    SourceRow,
    count_frequencies,
)
from search.comparing.frequency_table import iter_records, write_frequencies
from search.comparing.labels import period_label, rate
from search.comparing.periods import Grain, Period

__all__ = [
    "MOST_WORDS",
    "Asked",
    "Cell",
    "Frequencies",
    "Grain",
    "Period",
    "PeriodRow",
    "Series",
    "SourceRow",
    "count_frequencies",
    "iter_records",
    "period_label",
    "rate",
    "write_frequencies",
]
