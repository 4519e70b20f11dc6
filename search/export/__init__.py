"""Search results as files: JSON Lines, CSV and citations, streamed.

A format is a module that turns entries into text, and a row of ``formats``.
"""

__all__ = ["entries", "filenames", "formats", "limits", "streaming"]
