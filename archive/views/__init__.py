"""Pages of the archive, a module for each kind of page.

A view reads the address, asks ``archive.browsing`` and renders a template.
"""

__all__ = [
    "about",
    "actor_profile",
    "actors",
    "article",
    "calendar",
    "citing",
    "coverage",
    "days",
    "hit_steps",
    "sources",
    "topics",
]
