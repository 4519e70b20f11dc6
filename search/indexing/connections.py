"""Haystack's connections: the engines behind them and what they index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from django.utils.module_loading import import_string
from haystack import connections

from search.engines.contract import Engine
from search.engines.corpus import CorpusEngine

# The connection of the site's pages and of the outbox.
SITE: Final = "default"
# Imported where it is used: it takes a tenth of a second.
_EMBEDDED: Final = "search.engines.whoosh.backend.WhooshBackend"


def list_connections() -> list[str]:
    """The names of all connections in the settings."""
    return list(connections.connections_info)


def find_engine(using: str) -> Engine:
    """The engine behind the connection *using*."""
    return cast(Engine, connections[using].get_backend())


def site_engine() -> Engine:
    """The engine behind the site's connection."""
    return find_engine(SITE)


def corpus_engine() -> CorpusEngine:
    """The site's engine, as what tells of words."""
    return cast(CorpusEngine, connections[SITE].get_backend())


@contextmanager
def scratch_engine() -> Iterator[Engine]:
    """The embedded engine on an empty index, which is removed at the end.

    Whatever the site's engine is, it finds the same.
    """
    with TemporaryDirectory(prefix="sijill-scratch-") as folder:
        options = {
            **{"PATH": folder, "PROCESSES": 0, "SILENTLY_FAIL": False},
            "TIMEOUT": connections.connections_info[SITE].get("TIMEOUT"),
        }
        yield cast(Engine, import_string(_EMBEDDED)(SITE, **options))


def list_indexes(using: str) -> list[Any]:
    """Haystack's declared search indexes of the connection *using*."""
    return list(connections[using].get_unified_index().get_indexes().values())
