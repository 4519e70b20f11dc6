"""Keeping the authority file: merging two records of one actor, and undoing it.

Also its table for spreadsheets.
"""

__all__ = ["merging", "table"]
