"""Pages from which articles are taken away: searches, choices, lists of searches."""

__all__ = ["asked", "batch", "export", "jobs"]
