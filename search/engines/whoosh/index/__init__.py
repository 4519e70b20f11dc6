"""Commits of the index: generations, the live one, and snapshots that searches read."""

__all__ = ["index_store", "snapshot"]
