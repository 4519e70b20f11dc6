"""Addresses of the site: every page stands under its language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config.views import door
from search.status_views import is_alive, is_ready, status

urlpatterns = [
    path("", door, name="door"),
    # For whatever watches over the site; settings.PROBES keeps them out of the log.
    path("healthz", is_alive, name="healthz"),
    path("readyz", is_ready, name="readyz"),
    # POST language=en to {% url "set_language" %} to choose a language for good.
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        # Before the admin, which answers whatever begins so.
        path("admin/status/", admin.site.admin_view(status), name="status"),
        path("admin/", admin.site.urls),
        path("", include("search.urls")),
        path("", include("archive.urls")),
    ),
]
