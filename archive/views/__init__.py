"""Pages of the archive, a module for each kind of page.

A view reads the address, asks ``archive.browsing`` and renders a template.
"""

__all__ = [
    "about",
    "actor_profile",
    "actors",
    "articles",
    "calendar",
    "citing",
    "coverage",
    "days",
    "sources",
    "staff",
    "topics",
]
