"""Imports in the browser: upload, matching of columns, dry run, progress, undoing.

A file is stored and becomes a batch, which a process of its own runs; the pages only
show the batch and ask for things.
"""

from archive.admin.importing.admin import ImportBatchAdmin

__all__ = ["ImportBatchAdmin"]
