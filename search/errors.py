"""Errors of a search, with a message for the reader.

Each has a translatable sentence that names the remedy. Pages answer a reader's mistake
with status 400 and an unreadable index with 503.
"""

from __future__ import annotations

from django.utils.functional import Promise


class SearchError(Exception):
    """The base class of all errors of a search.

    ``message`` is the sentence to show; ``fragment`` is the part of the query, as
    typed, that it is about, or ``""``.
    """

    def __init__(self, message: str | Promise, *, fragment: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fragment = fragment

    def __str__(self) -> str:
        return str(self.message)


class QuerySyntaxError(SearchError):
    """The query text has a syntax error.

    ``correction`` is a query without one to offer instead, or ``""``; ``left_out`` are
    the parts of the query that it lacks.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        fragment: str = "",
        correction: str = "",
        left_out: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, fragment=fragment)
        self.correction = correction
        self.left_out = left_out


class UnknownField(QuerySyntaxError):
    """The query names a field that no document has."""


class QueryTooExpensive(SearchError):
    """The query exceeds a limit, which the message names."""


class IndexUnavailable(SearchError):
    """The index is missing, damaged or unreadable; the database may be readable."""
