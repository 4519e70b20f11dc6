"""Versions of an article in the admin: their list, differences, restoring."""

from archive.admin.versions.admin import Versions

__all__ = ["Versions"]
