"""Comparisons: words by month and source, and two searches side by side.

The engine counts (`search.engines.corpus`); here it becomes rows, charts and tables.
"""

from search.comparing.combining import prefix_pairs
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
from search.comparing.sides import SideBySide, compare
from search.comparing.sides_tables import write_articles, write_periods, write_words

__all__ = [
    "MOST_WORDS",
    "Asked",
    "Cell",
    "Frequencies",
    "Grain",
    "Period",
    "PeriodRow",
    "Series",
    "SideBySide",
    "SourceRow",
    "compare",
    "count_frequencies",
    "from_article",
    "iter_records",
    "period_label",
    "prefix_pairs",
    "rate",
    "write_articles",
    "write_frequencies",
    "write_periods",
    "write_words",
]
