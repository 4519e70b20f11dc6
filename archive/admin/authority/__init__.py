"""The authority file in the admin: merging records, reading for names, its table."""

from archive.admin.authority.merging import Merging, merge_selected
from archive.admin.authority.readings import Readings
from archive.admin.authority.tables import export_actors

__all__ = ["Merging", "Readings", "export_actors", "merge_selected"]
