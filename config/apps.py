"""The installation as two Django applications: its commands, and its admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register


class InstallationConfig(AppConfig):
    """The management commands and settings of the installation; no tables."""

    name = "config"
    verbose_name = "Sijill"

    def ready(self) -> None:
        # Checks read the settings, which must be whole.
        from config.security.file_rights import check_data_directory

        register(check_data_directory, Tags.security)


class SijillAdminConfig(AdminConfig):
    """Takes the place of ``django.contrib.admin`` in INSTALLED_APPS."""

    default_site = "archive.admin_site.SijillAdminSite"

    def ready(self) -> None:
        super().ready()
        # Models cannot be imported before all applications are loaded.
        from config.security.axes_admin import unregister_unused_models

        unregister_unused_models()
