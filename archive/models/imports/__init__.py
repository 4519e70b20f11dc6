"""What the archive remembers of imports, and of people's edits against them."""

from archive.models.imports.batch import (
    BatchState,
    EntryResult,
    ImportBatch,
    ImportEntry,
    SavedMapping,
)
from archive.models.imports.edited import EditedField, edited_fields, mark_edited

__all__ = [
    "BatchState",
    "EditedField",
    "EntryResult",
    "ImportBatch",
    "ImportEntry",
    "SavedMapping",
    "edited_fields",
    "mark_edited",
]
