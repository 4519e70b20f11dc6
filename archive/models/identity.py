"""The identity of an archive, by which an index of another one is recognized."""

import secrets
from typing import Final

from django.db import models

_BYTES: Final = 16
_ONLY: Final = 1


class Identity(models.Model):
    """The one row that names this archive: 32 random hexadecimal digits.

    It is made with the database, and goes with it into backups.
    """

    value = models.CharField(max_length=32, editable=False)

    class Meta:
        # Nobody adds, changes or deletes it.
        default_permissions = ()

    def __str__(self) -> str:
        return self.value


def read_identity() -> str:
    """The identity of the archive; empty where it has none yet."""
    return Identity.objects.values_list("value", flat=True).first() or ""


def ensure_identity() -> str:
    """The identity of the archive, which is made where it has none yet."""
    made = {"value": secrets.token_hex(_BYTES)}
    return Identity.objects.get_or_create(pk=_ONLY, defaults=made)[0].value
