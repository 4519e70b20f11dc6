"""Articles that are alike in the admin: told at saving, compared, answered."""

from archive.admin.duplicates.admin import Duplicates

__all__ = ["Duplicates"]
