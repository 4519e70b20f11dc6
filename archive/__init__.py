"""What was published: articles, with the sources, actors and topics they belong to.

The archive keeps, edits, imports and lists them from the database alone. It knows
nothing of search, which listens to its signals and reads its models.
"""

__all__ = [
    "addresses",
    "admin_site",
    "browsing",
    "citing",
    "dates",
    "faults",
    "help_format",
    "importing",
    "insertion",
    "models",
    "name_lookup",
    "names",
    "references",
    "roles",
    "signals",
    "templatetags",
]
