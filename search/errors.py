"""What can go wrong with a search, in the reader's words.

Each error carries a translatable sentence that names the remedy. A reader's
mistake is answered by 400, an index that cannot be read by 503.
"""

from __future__ import annotations

from django.utils.functional import Promise


class SearchError(Exception):
    """Any fault of a search.

    ``message`` is the sentence to show; ``fragment`` is the piece of the query
    that it is about, as typed, or ``""``.
    """

    def __init__(self, message: str | Promise, *, fragment: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fragment = fragment

    def __str__(self) -> str:
        return str(self.message)


class QuerySyntaxError(SearchError):
    """The query text cannot be read; ``correction`` is a query that can, or ``""``."""

    def __init__(
        self, message: str | Promise, *, fragment: str = "", correction: str = ""
    ) -> None:
        super().__init__(message, fragment=fragment)
        self.correction = correction


class UnknownField(QuerySyntaxError):
    """The query names a field that no document has."""


class QueryTooExpensive(SearchError):
    """The query would cost more than a reader may ask for; the limit is named."""


class IndexUnavailable(SearchError):
    """The index is missing, damaged or cannot be read; the archive still is."""
