"""Editing many articles at once, in one transaction that can be undone.

One article is edited in its form; thousands of new ones are imported.
"""

__all__ = ["bulk", "table"]
