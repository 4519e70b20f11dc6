"""Keys by which programs are told apart."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """A key of the API, of which only a hash is kept.

    ``beginning`` are its first characters, by which people tell keys apart. A revoked
    key stays as a row and opens nothing.
    """

    name = models.CharField(
        _("who uses it, and for what"),
        max_length=200,
        help_text=_("Such as: Newspapers project, nightly copy."),
    )
    beginning = models.CharField(_("begins with"), max_length=20, editable=False)
    # SHA-256 in hex: the key is random and long, so that no slow hash is needed.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("issued by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("key for programs")
        verbose_name_plural = _("keys for programs")

    def __str__(self) -> str:
        return self.name
