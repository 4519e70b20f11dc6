"""Commands of ``manage.py`` that set up, back up and restore a site."""

__all__ = ["backup", "restore", "setup_site"]
