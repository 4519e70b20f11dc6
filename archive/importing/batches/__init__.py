"""Imports as batches: their record in the database, their running and their undoing."""

from archive.importing.batches.record import BatchRecord

__all__ = ["BatchRecord", "jobs", "settings", "undo"]
