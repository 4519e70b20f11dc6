"""Addresses of the site: every page stands under its language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config.views import door

urlpatterns = [
    path("", door, name="door"),
    # POST language=en to {% url "set_language" %} to choose a language for good.
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("search.urls")),
        path("", include("archive.urls")),
    ),
]
