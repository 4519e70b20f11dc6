"""Editing many articles at once, from their list: the form, the result, the undoing."""

from archive.admin.editing.bulk import BulkEditing, edit_selected
from archive.admin.editing.tables import export_articles

__all__ = ["BulkEditing", "edit_selected", "export_articles"]
