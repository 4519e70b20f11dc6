"""Messages about outages of the disk or the database, which name the remedy."""

import errno
import sys
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ROOM: Final = gettext_lazy("Make room on the disk, then run the same command again.")
_RIGHTS: Final = gettext_lazy(
    "Let this account write there, then run the same command again."
)
_REMEDIES: Final[Mapping[int, str | Promise]] = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EROFS: _RIGHTS,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EIO: gettext_lazy("Check the disk, then run the same command again."),
}
_DATABASE_FAULTS: Final = (OperationalError, InterfaceError)


def explain(error: Exception) -> str | None:
    """The message for the user of a command; ``None`` for other errors, bugs included.

    >>> explain(ZeroDivisionError())
    """
    if isinstance(error, _DATABASE_FAULTS):
        return _(
            "The database cannot be used: %(detail)s. See whether it runs, whether"
            " another program holds it and whether its disk is full; then run the same"
            " command again."
        ) % {"detail": str(error).strip()}
    if not isinstance(error, OSError):
        return None
    remedy = _REMEDIES.get(error.errno or 0)
    if remedy is None:
        return None
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror}. {remedy}"


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: 503 for errors of the database, else 500.

    Does not use *request*, because its user would be read from the same database.
    """
    if isinstance(sys.exception(), _DATABASE_FAULTS):
        page = render_to_string("503_database.html")
        return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    page = render_to_string("500.html")
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
