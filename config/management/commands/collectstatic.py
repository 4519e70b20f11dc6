"""Django's ``manage.py collectstatic``, whose files any web server may read."""

import os
from typing import Any, Final

from django.contrib.staticfiles.management.commands import collectstatic

# The files are those of public code; nothing of the archive is among them.
_PUBLIC_UMASK: Final = 0o022


class Command(collectstatic.Command):
    """Takes the place of Django's own, which would write private files here."""

    def handle(self, **options: Any) -> str | None:
        before = os.umask(_PUBLIC_UMASK)
        try:
            return super().handle(**options)
        finally:
            os.umask(before)
