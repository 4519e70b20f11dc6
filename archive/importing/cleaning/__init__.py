"""Texts as files spoil them: HTML in them, and letters decoded by the wrong table."""

__all__ = ["html_page", "markup", "mojibake", "saved_page"]
