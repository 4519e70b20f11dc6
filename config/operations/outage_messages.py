"""Messages about outages of the disk or the database, which name the remedy."""

import errno
import sys
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from archive.faults.database import find_outage, is_damage, is_outage
from config.operations.lost_archive import ArchiveLost, refuse_lost_archive
from search.api.problems import (
    API_PREFIX,
    FAULT,
    NO_DATABASE,
    Problem,
    answer_problem,
)

_ROOM: Final = gettext_lazy("Make room on the disk, then run the same command again.")
_RIGHTS: Final = gettext_lazy(
    "Let this account write there, then run the same command again."
)
_DAMAGE: Final = gettext_lazy(
    "The database is damaged: %(detail)s. Stop the site and put a backup back with"
    " restore, which keeps the damaged database under another name."
)
_OUTAGE: Final = gettext_lazy(
    "The database cannot be used: %(detail)s. See whether it runs, whether another"
    " program holds it and whether its disk is full; then run the same command again."
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


# Programs are told in their form.
_NO_DATABASE: Final = Problem(
    NO_DATABASE,
    gettext_lazy("The database of the archive cannot be read now. Ask again later."),
)
_FAULT: Final = Problem(
    FAULT,
    gettext_lazy("The site has noted what happened. The same request may fail again."),
)


def explain(error: Exception) -> str | None:
    """The message for the user of a command; ``None`` for other errors, bugs included.

    >>> explain(ZeroDivisionError())
    """
    if isinstance(error, DatabaseError) and (lost := explain_loss()):
        return lost
    detail = {"detail": str(error).strip()}
    if is_damage(error):
        return _DAMAGE % detail
    if is_outage(error):
        return _OUTAGE % detail
    if not isinstance(error, OSError):
        return None
    remedy = _REMEDIES.get(error.errno or 0)
    if remedy is None:
        return None
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror}. {remedy}"


def explain_exit(error: SystemExit) -> str | None:
    """What a command that failed did not say itself: that the archive is lost, damaged.

    Commands turn errors of the database into sentences of their own.
    """
    if not error.code or not settings.configured:
        return None
    if isinstance(error.__context__, ArchiveLost):
        return None
    outage = find_outage(error.__context__)
    if outage and is_damage(outage):
        return _DAMAGE % {"detail": str(outage).strip()}
    return explain_loss()


def explain_loss() -> str | None:
    """The message where the database has no archive and there has been one."""
    try:
        refuse_lost_archive()
    except ArchiveLost as lost:
        return str(lost)
    except DatabaseError:
        return None
    return None


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: 503 for errors of the database, else 500.

    Does not use *request*, because its user would be read from the same database.
    """
    is_outage_of_all = find_outage(sys.exception()) is not None
    if request.path.startswith(API_PREFIX):
        return answer_problem(request, _NO_DATABASE if is_outage_of_all else _FAULT)
    if is_outage_of_all:
        page = render_to_string("503_database.html")
        return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    page = render_to_string("500.html")
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
