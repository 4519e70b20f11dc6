"""Lists of the editors' desk: filters, actions on many rows, folded search.

They stay usable when the archive has grown: no filter lists every actor, and a name is
found whatever the seat of its hamza.
"""

__all__ = [
    "actions",
    "articles",
    "deletion",
    "filters",
    "folded_search",
    "found",
    "saved",
]
