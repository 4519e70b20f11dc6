"""The installation itself, as an application that has commands and no tables."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """Gives Django the ``setup_site`` command."""

    name = "config"
    verbose_name = "Sijill"
