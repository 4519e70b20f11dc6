"""The trash of articles: bringing back from it, and emptying it."""

from archive.admin.trash.admin import Trash, bring_back

__all__ = ["Trash", "bring_back"]
