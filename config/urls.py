"""URLs of the site; every page is under the code of its language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import (
    LogoutView,
    PasswordChangeDoneView,
    PasswordChangeView,
)
from django.urls import include, path, re_path

from config.security.sign_in import SignIn
from config.views import redirect_to_language
from search.api import site as api
from search.api.oai import views as harvest
from search.feeds import sitemaps
from search.views.status import is_alive, is_ready, status

handler500 = "config.operations.outage_messages.server_error"

urlpatterns = [
    # Without LOGIN_REQUIRED as well as with it, these need no signing in.
    path("", login_not_required(redirect_to_language), name="root"),
    # Health checks; settings.PROBES keeps them out of the log.
    path("healthz", login_not_required(is_alive), name="healthz"),
    path("readyz", login_not_required(is_ready), name="readyz"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>.xml", sitemaps.part, name="sitemap_part"),
    # In the language of Accept-Language.
    path("api/v1/", api.urls),
    # The guide is at /api/, which leads to the page in the reader's language.
    re_path(r"^api/.", api.show_nothing_below, name="no_api"),
    path("oai/", harvest.answer, name="oai"),
    # POST language=en to {% url "set_language" %} sets the language cookie.
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("login/", SignIn.as_view(), name="login"),
        path("logout/", LogoutView.as_view(), name="logout"),
        path(
            "password/",
            PasswordChangeView.as_view(template_name="account/password.html"),
            name="password_change",
        ),
        path(
            "password/changed/",
            PasswordChangeDoneView.as_view(
                template_name="account/password_changed.html"
            ),
            name="password_change_done",
        ),
        # Before the admin, which has a catch-all pattern.
        path("admin/status/", admin.site.admin_view(status), name="status"),
        path("admin/", admin.site.urls),
        path("", include("search.urls")),
        path("", include("archive.urls")),
    ),
]
