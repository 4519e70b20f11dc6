"""The installation as two Django applications: its commands, and its admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class InstallationConfig(AppConfig):
    """The management commands and settings of the installation; no tables."""

    name = "config"
    verbose_name = "Sijill"


class SijillAdminConfig(AdminConfig):
    """Takes the place of ``django.contrib.admin`` in INSTALLED_APPS."""

    default_site = "archive.admin_site.SijillAdminSite"

    def ready(self) -> None:
        super().ready()
        # Models cannot be imported before all applications are loaded.
        from config.security.axes_admin import unregister_unused_models

        unregister_unused_models()
