"""Pages of the archive, a module for each kind of page.

A view reads the address, asks ``archive.browsing`` and renders a template.
"""

__all__ = ["actors", "article", "calendar", "citing", "hit_steps", "sources", "topics"]
