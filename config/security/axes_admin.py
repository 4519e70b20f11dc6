"""The models of django-axes in the admin: only failed sign-ins are shown there."""

from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin


def unregister_unused_models() -> None:
    """Hide the two logs, to which nothing is written (AXES_DISABLE_ACCESS_LOG).

    Call it after the admin's autodiscovery, which registers them.
    """
    admin.site.unregister([AccessLog, AccessFailureLog])
