"""Django's admin with the site of the editors' desk."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Stands in INSTALLED_APPS in the place of ``django.contrib.admin``."""

    default_site = "archive.admin_site.SijillAdminSite"
