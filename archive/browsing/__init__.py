"""Queries behind the pages that list the archive: orders, sums, calendars, directories.

Everything comes from the database, so that these pages work while the index does not,
and only published articles are listed or counted. Pages themselves are in
``archive.views``.
"""

__all__ = [
    "actors",
    "coverage",
    "date_counts",
    "days",
    "directory",
    "holdings",
    "listing",
    "name_index",
    "periods",
    "sources",
    "subject_counts",
    "text_parts",
    "topic_counts",
    "visibility",
    "year_ranges",
]
