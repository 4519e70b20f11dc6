"""Measurements of an installed site: searches, pages, freshness, load and soak.

Each module is a program: ``python -m benchmarks.site.searches``.
"""

__all__ = [
    "exports",
    "freshness",
    "load",
    "page_parts",
    "pages",
    "searches",
    "soak",
    "starving",
]
