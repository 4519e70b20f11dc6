"""Pages of what readers keep: the basket, earlier searches, lists under a link."""

__all__ = ["basket", "history", "lists"]
