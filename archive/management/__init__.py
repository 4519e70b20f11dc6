"""Django looks for the commands of the application here."""

__all__ = ["commands"]
