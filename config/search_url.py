"""Parser of the addresses of a search cluster, and the engine that they choose."""

from __future__ import annotations

import re
import ssl
from importlib.util import find_spec
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

_EXAMPLE: Final = (
    "https://user:password@node1.example:9200 https://…@node2.example:9200"
)
_DEFAULT_NAME: Final = "sijill"
# What OpenSearch takes for the name of an index, and we for the beginning of one.
_NAME_RE: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,60}")


def read(name: str, addresses: list[str], **options: Any) -> dict[str, Any]:
    """The settings of the connection to the cluster at *addresses*.

    *name* is the variable that they stand in; *options* are those of the back end.
    Raises ImproperlyConfigured, whose message never contains an address, which may have
    a password.
    """
    try:
        index = parse_name(addresses)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be used: {error}") from None
    if find_spec("opensearchpy") is None:
        raise ImproperlyConfigured(
            f"{name} needs the client of OpenSearch. Install it: "
            ".venv/bin/python -m pip install --require-hashes "
            "-r requirements-opensearch.lock"
        )
    return {
        "ENGINE": "search.engines.opensearch.backend.OpenSearchEngine",
        "URL": addresses,
        "INDEX_NAME": index,
        **options,
    }


def parse_name(addresses: list[str]) -> str:
    """The name of the index that the path of all *addresses* gives.

    Raises ValueError where they are none of one cluster.

    >>> parse_name(["http://10.0.0.5:9200", "http://10.0.0.6:9200"])
    'sijill'
    >>> parse_name(["https://amina:s%40fe@search.example:9200/press"])
    'press'
    """
    parts = [_split(address) for address in addresses]
    for one in parts:
        if one.scheme not in ("http", "https") or not one.hostname:
            raise ValueError(f"each address has a scheme and a host. Write {_EXAMPLE}.")
        if one.query or one.fragment:
            raise ValueError(
                "an address has no ? and no #: in a password write %3F and %23."
            )
    if len({(one.username, one.password) for one in parts}) > 1:
        raise ValueError("all nodes of a cluster have the same user and password.")
    names = {one.path.strip("/") or _DEFAULT_NAME for one in parts}
    if len(names) > 1 or not all(map(_NAME_RE.fullmatch, names)):
        raise ValueError(
            "what stands behind the slash of each address is the name of the index, "
            "the same in all: small Latin letters, digits and _."
        )
    return names.pop()


def check_certificates(name: str, path: str) -> str:
    """The *path* of a file of certificates, which *name* is set to; ``""`` without one.

    Raises ImproperlyConfigured where it has none that can be read.
    """
    try:
        if path:
            ssl.create_default_context(cafile=path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be used: {path}: {error.strerror or error}. It names a "
            "file with the certificates of the cluster's authority, in PEM."
        ) from None
    return path


def find_password(addresses: list[str]) -> str:
    """The password in the addresses; ``""`` where they have none.

    >>> find_password(["https://amina:s%40fe@search.example:9200"])
    's%40fe'
    """
    return next((_split(one).password or "" for one in addresses), "")


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise ValueError(f"an address cannot be read. Write {_EXAMPLE}.") from None
    return parts
