"""What is held per source, year and month, with what is missing between."""

from archive.browsing.coverage.months import (
    MonthCell,
    MonthCounts,
    MonthRow,
    count_by_month,
    count_by_source_and_month,
    list_month_rows,
)
from archive.browsing.coverage.table import (
    Column,
    CoverageRow,
    CoverageTable,
    arrange_coverage,
    count_by_source_and_year,
    count_by_source_in_year,
    list_columns,
    list_month_columns,
)

__all__ = [
    "Column",
    "CoverageRow",
    "CoverageTable",
    "MonthCell",
    "MonthCounts",
    "MonthRow",
    "arrange_coverage",
    "count_by_month",
    "count_by_source_and_month",
    "count_by_source_and_year",
    "count_by_source_in_year",
    "list_columns",
    "list_month_columns",
    "list_month_rows",
]
