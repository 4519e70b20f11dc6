"""Changes of many articles at once, with all that is needed to undo them."""

from archive.models.edits.bulk import BulkEdit

__all__ = ["BulkEdit"]
