"""Pages of search: an address to a form to a request, and results to a template."""

__all__ = [
    "cited",
    "comparing",
    "cost",
    "following",
    "keeping",
    "namings",
    "neighbors",
    "pages",
    "quotations",
    "readers",
    "status",
    "suggestions",
    "taking",
]
