"""Django looks for the commands of search here."""

__all__ = ["commands"]
