"""What the archive remembers of imports, and of people's edits against them."""

from archive.models.imports.batch import (
    BatchState,
    EntryResult,
    ImportBatch,
    ImportEntry,
    SavedMapping,
)
from archive.models.imports.edited import EditedField, edited_fields, mark_edited
from archive.models.imports.edited_names import (
    EditedName,
    NameEdits,
    forget_removed_aliases,
    mark_aliases_removed,
    mark_name_edited,
    read_name_edits,
)

__all__ = [
    "BatchState",
    "EditedField",
    "EditedName",
    "EntryResult",
    "ImportBatch",
    "ImportEntry",
    "NameEdits",
    "SavedMapping",
    "edited_fields",
    "forget_removed_aliases",
    "mark_aliases_removed",
    "mark_edited",
    "mark_name_edited",
    "read_name_edits",
]
