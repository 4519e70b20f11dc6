"""Haystack's connections: the engines behind them and what they index."""

from __future__ import annotations

from typing import Any, Final, cast

from haystack import connections

from search.engines.contract import Engine

# The connection of the site's pages and of the outbox.
SITE: Final = "default"


def list_connections() -> list[str]:
    """The names of all connections in the settings."""
    return list(connections.connections_info)


def find_engine(using: str) -> Engine:
    """The engine behind the connection *using*."""
    return cast(Engine, connections[using].get_backend())


def site_engine() -> Engine:
    """The engine behind the site's connection."""
    return find_engine(SITE)


def list_indexes(using: str) -> list[Any]:
    """Haystack's declared search indexes of the connection *using*."""
    return list(connections[using].get_unified_index().get_indexes().values())
