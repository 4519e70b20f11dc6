"""What of django-axes an administrator needs: failed sign-ins, to unlock an account."""

from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin

# Nothing is kept in these two (settings.AXES_DISABLE_ACCESS_LOG).
admin.site.unregister(AccessLog)
admin.site.unregister(AccessFailureLog)
