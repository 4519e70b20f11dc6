"""Template tags and filters of search; templates load a library by its name."""

__all__ = ["entries_kept", "exporting", "narrowing", "searching"]
