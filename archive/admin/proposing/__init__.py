"""Proposals in the form of an article: shown, taken over when asked, remembered.

The panel shows what `archive.recognition` proposes for the text that is typed. A button
fills the form with what is ticked; only saving saves.
"""

from archive.admin.proposing.admin import Proposing

__all__ = ["Proposing"]
