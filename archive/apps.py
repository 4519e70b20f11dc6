"""The archive as a Django application: articles and the catalogue of their names."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    """The application of the archive; signals keep keys of names, and versions."""

    name = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        # Models cannot be imported before all applications are loaded.
        from archive import checks  # noqa: F401  registers itself
        from archive.duplicates import connect_duplicates
        from archive.name_key_sync import connect_signals
        from archive.versions import connect_versions

        connect_signals()
        connect_versions()
        connect_duplicates()
