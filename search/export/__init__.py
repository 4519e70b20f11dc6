"""Search results as files: tables, records and references, streamed.

A format is a module that turns entries into text, and a row of ``formats``.
"""

__all__ = [
    "about",
    "columns",
    "entries",
    "filenames",
    "formats",
    "limits",
    "offline",
    "streaming",
    "tables",
]
