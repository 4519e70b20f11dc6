"""Django looks for the commands of the installation here."""

__all__ = ["commands"]
