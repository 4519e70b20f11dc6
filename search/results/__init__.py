"""What a results page shows: rows, facets, date facet, and help with a poor search."""

__all__ = [
    "date_facet",
    "facets",
    "help",
    "model",
    "rows",
]
