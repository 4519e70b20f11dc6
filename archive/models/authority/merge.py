"""Merges of two records of one actor: where the address leads, and how to undo them."""

from django.conf import settings
from django.db import models

from archive.models.actor import Actor


class ActorMerge(models.Model):
    """A record that was merged into another one.

    ``slug`` is its former address, which leads to ``kept``. ``before`` is all that
    `archive.authority.merging` needs to undo the merge, as JSON.
    """

    kept = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="merges")
    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=300)
    before = models.JSONField()
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ["-merged_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} → {self.kept}"
