"""An edit of many articles in one transaction."""

from django.conf import settings
from django.db import models


class BulkEdit(models.Model):
    """What one edit has changed.

    ``before`` has for each article that changed, by its id as text: the former values
    of columns, and the ids of topics and actors that it got and lost.
    """

    before = models.JSONField()
    edited_at = models.DateTimeField(auto_now_add=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}: {len(self.before)}"
