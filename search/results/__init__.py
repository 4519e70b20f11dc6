"""What a results page shows: rows, facets, date facet, and help with a poor search."""

__all__ = [
    "facets",
    "help",
    "hit_rows",
    "model",
    "rows",
]
