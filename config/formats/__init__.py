"""Formats of dates and numbers by language, for Django's ``FORMAT_MODULE_PATH``."""

__all__ = ["ar", "en"]
