"""The nodes of a cluster: one client, retries with back-off, errors in our words."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _
from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NodeError,
)
from opensearchpy.exceptions import (
    NotFoundError,
    OpenSearchException,
    SerializationError,
    SSLError,
    TransportError,
)

from search.errors import IndexUnavailable, QueryTooExpensive, SearchError

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Seconds before the second try, which double with each; other tries add chance to them,
# lest all processes come back at once.
_FIRST_WAIT: Final = 0.1
_TRIES: Final = 4
# What a node that is too busy, or not yet ready, answers.
BUSY: Final = frozenset({429, 502, 503, 504})
_BAD_REQUEST: Final = 400
# What it answers to an account that it does not know, or that has no right to do that.
_NOT_ALLOWED: Final = frozenset({401, 403})
# What it says of an index that it has closed to writers, above all for a full disk.
_CLOSED: Final = ("read-only", "read_only")
# Seconds in which a node has to answer, beyond those that a search may take.
CONNECTION_SECONDS: Final = 10
# Connections to a node that are kept: one a thread, of which a worker has four, and one
# more for a search that asks for a second thing.
_CONNECTIONS: Final = 8
# What the server says of a query that stands for too much.
_TOO_MUCH: Final = ("too_many", "too_complex", "determini", "maxClauseCount")
_PORTS: Final = {"http": 80, "https": 443}


class Cluster:
    """The nodes at *urls*, all of one cluster; each process keeps its connections.

    A user and a password may stand in each URL; *ca_file* has the certificates that
    nodes with https are trusted by, those of the system without one.
    """

    def __init__(self, urls: Sequence[str], *, ca_file: str = "") -> None:
        hosts, accounts = [], set()
        for url in urls:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
            secure = parts.scheme == "https"
            hosts.append({"host": parts.hostname, "port": port, "use_ssl": secure})
            if parts.username:
                accounts.add((unquote(parts.username), unquote(parts.password or "")))
        self._client = OpenSearch(
            hosts,
            http_auth=next(iter(accounts), None),
            ca_certs=ca_file or None,
            verify_certs=True,
            timeout=CONNECTION_SECONDS,
            pool_maxsize=_CONNECTIONS,
            # A node that does not answer is passed over at once, and for a while.
            max_retries=len(hosts),
            retry_on_status=tuple(BUSY),
        )

    def ask(self, call: Callable[[OpenSearch], Answer]) -> Answer:
        """What *call* returns; repeated with growing waits while no node can answer.

        *call* must do no harm twice. Raises IndexUnavailable, for a query that stands
        for too much QueryTooExpensive.
        """
        for number in range(_TRIES):
            try:
                return call(self._client)
            except OpenSearchException as error:
                if number + 1 == _TRIES or not _is_passing(error):
                    raise _translate(error) from error
                log.info("The search cluster is asked again: %s", error)
                time.sleep(_FIRST_WAIT * 2**number * (1 + random.random()))  # noqa: S311 - spreads tries, guards nothing
        raise AssertionError("unreachable")


def check_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """*answer* itself, where it is whole.

    Raises QueryTooExpensive where the time was over, and IndexUnavailable where a part
    of the index did not answer: a partial answer would pass for a whole one.
    """
    if error := answer.get("error"):
        raise _describe(answer.get("status", 500), error)
    if answer.get("timed_out"):
        raise QueryTooExpensive(
            _(
                "This search takes too long. Leave out some words, above all "
                "those with an asterisk, “?” or “~”."
            )
        )
    if answer.get("_shards", {}).get("failed"):
        raise IndexUnavailable(_NO_ANSWER, fragment=str(answer["_shards"]))
    return answer


def _is_passing(error: OpenSearchException) -> bool:
    if isinstance(error, NodeError):
        # A certificate is not trusted the second time either.
        return not isinstance(error, SSLError)
    return isinstance(error, TransportError) and error.status_code in BUSY


def is_closed(text: str) -> bool:
    """Whether *text*, of an error, says that an index is closed to writers."""
    return any(sign in text for sign in _CLOSED)


def describe_closed(text: str) -> IndexUnavailable:
    """The error for an index that is closed to writers."""
    return IndexUnavailable(
        _(
            "The search cluster takes no articles now, most likely because its disk is "
            "full. Nothing is lost: they wait to be indexed. Free some space there."
        ),
        fragment=text,
    )


def _translate(error: OpenSearchException) -> SearchError:
    if isinstance(error, SSLError):
        return IndexUnavailable(_UNTRUSTED, fragment=str(error))
    if isinstance(error, NodeError):
        return IndexUnavailable(_NO_ANSWER, fragment=str(error))
    if isinstance(error, TransportError):
        return _describe(error.status_code, error.info or error.error)
    if isinstance(error, SerializationError):
        log.error("The search cluster was not understood: %s", error)
    return IndexUnavailable(_NO_ANSWER, fragment=str(error))


def _describe(status: object, error: object) -> SearchError:
    """The error of an answer with this *status*."""
    text = str(error)
    if any(sign in text for sign in _TOO_MUCH):
        return QueryTooExpensive(
            _(
                "A word of this search has too many forms in the archive. "
                "Write more letters before its asterisk, or leave it out."
            )
        )
    if status == NotFoundError.__name__ or status == 404:
        return IndexUnavailable(
            _("There is no index yet. Build it with rebuild_index."), fragment=text
        )
    if is_closed(text):
        return describe_closed(text)
    if status in _NOT_ALLOWED:
        return IndexUnavailable(_NOT_ACCEPTED, fragment=text)
    if status == _BAD_REQUEST:
        log.error("The search cluster refused a request: %s", text)
    return IndexUnavailable(_NO_ANSWER, fragment=text)


_UNTRUSTED: Final = _(
    "The certificate of the search cluster is not trusted. Name the file of its "
    "authority in SIJILL_SEARCH_CA_FILE, and check the addresses in SIJILL_SEARCH_URL."
)
_NOT_ACCEPTED: Final = _(
    "The search cluster does not accept the account of this site. Check the user, the "
    "password and the rights of the account in SIJILL_SEARCH_URL."
)
_NO_ANSWER: Final = _(
    "The search cluster does not answer. The archive can be browsed; try the search "
    "again in a while."
)
