"""Formats of Arabic."""

__all__ = ["formats"]
