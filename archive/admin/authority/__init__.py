"""The authority file in the admin: merging records, undoing it, and its table."""

from archive.admin.authority.merging import Merging, merge_selected
from archive.admin.authority.tables import export_actors

__all__ = ["Merging", "export_actors", "merge_selected"]
