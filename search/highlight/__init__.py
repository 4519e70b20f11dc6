"""Highlighting: which words of a text matched, and which passages to show.

Texts come from the database and are analyzed again, so that every engine highlights
alike. ``snippets`` is the one module that declares text safe for HTML.
"""

__all__ = ["article", "body_text", "highlighter", "markup", "passages", "snippets"]
