"""Commits of the index: generations, the live one, and snapshots that searches read."""

__all__ = ["doc_values", "index_store", "snapshot"]
