"""Which errors of a database are faults of the database, not of the code that asks."""

from typing import Final

from django.db import DataError, IntegrityError, NotSupportedError, ProgrammingError
from django.db.utils import Error as DatabaseApiError

# What a wrong statement or a wrong value raises.
_OF_THE_CODE: Final = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
# SQLite's result codes (sqlite.org/rescode.html): SQLITE_CORRUPT, SQLITE_NOTADB.
_DAMAGED_CODES: Final = frozenset({11, 26})
# PostgreSQL's SQLSTATEs: data_corrupted, index_corrupted.
_DAMAGED_STATES: Final = frozenset({"XX001", "XX002"})
# undefined_table, undefined_column: SQLite calls both operational.
_MISSING_STATES: Final = frozenset({"42P01", "42703"})


def is_outage(error: BaseException) -> bool:
    """Whether the database is down, held, full, damaged or without its tables.

    >>> from django.db import OperationalError
    >>> is_outage(OperationalError("no such table")), is_outage(IntegrityError("NULL"))
    (True, False)
    """
    if not isinstance(error, DatabaseApiError):
        return False
    if _state(error) in _MISSING_STATES:
        return True
    return not isinstance(error, _OF_THE_CODE)


def is_damage(error: BaseException) -> bool:
    """Whether the database's own data cannot be read any more."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    # The lower byte of an extended code is the primary one.
    is_damaged = code is not None and code & 0xFF in _DAMAGED_CODES
    return is_damaged or _state(error) in _DAMAGED_STATES


def find_outage(error: BaseException | None) -> BaseException | None:
    """The outage that *error* is, or that was being handled when it was raised."""
    while error is not None and not is_outage(error):
        error = error.__cause__ or error.__context__
    return error


def _state(error: BaseException) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""
