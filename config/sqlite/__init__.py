"""Django's back end for SQLite, whose writers queue: ``ENGINE`` of the settings.

Django loads the module ``base`` of this package, as of every database back end.
"""

__all__ = ["base", "write_queue"]
