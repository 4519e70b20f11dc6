"""The lexicon compiled: from the tables of ``farahidi`` to arrays of stems."""

__all__ = ["build", "stems"]
