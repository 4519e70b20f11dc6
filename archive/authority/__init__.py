"""Keeping the authority file: merging two records of one actor, and undoing it.

Also its table for spreadsheets, and readings of the archive for the names in it.
"""

__all__ = ["merging", "reading", "table"]
