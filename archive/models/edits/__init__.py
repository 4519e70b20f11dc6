"""Changes of articles, one by one and of many at once, with what they have replaced."""

from archive.models.edits.bulk import BulkEdit
from archive.models.edits.saved_filter import SavedFilter
from archive.models.edits.version import ArticleChange, ChangeKind

__all__ = ["ArticleChange", "BulkEdit", "ChangeKind", "SavedFilter"]
