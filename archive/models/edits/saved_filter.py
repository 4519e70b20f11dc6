"""Filters of the list of articles that an account has saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """The query string of a filtered list of articles, under a name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=2000)

    class Meta:
        ordering = ["name", "pk"]
        # Everybody has their own.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], name="archive_saved_filter_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
