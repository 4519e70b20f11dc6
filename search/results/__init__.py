"""What a results page shows: rows, facets, date facet, and help with a poor search."""

__all__ = [
    "broader",
    "date_facet",
    "did_you_mean",
    "explain",
    "facets",
    "latin_names",
    "model",
    "relaxation",
    "rows",
]
