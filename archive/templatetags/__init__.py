"""Template tags and filters of the archive; templates load a library by its name."""

__all__ = ["calendar", "coverage", "display", "entries", "frame", "hijri"]
