"""Formats of English."""

__all__ = ["formats"]
