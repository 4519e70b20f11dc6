"""The tools behind the protocol. Needs the package mcp, which is an optional extra."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections
from django.utils.translation import override
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from search.mcp import tools

TOOLS: Final = (
    tools.search,
    tools.article,
    tools.actor,
    tools.coverage,
    tools.check_quotation,
)
INSTRUCTIONS: Final = (
    "An archive of Arabic articles, read-only. Every text is given word for word with"
    " the number of its article, the field, and its offsets: quote with them, and name"
    " the address. Check your quotations with check_quotation before you rely on them."
    " What is not published is not here."
)

_P = ParamSpec("_P")
_R = TypeVar("_R")


def build_server(*, language: str) -> MCPServer[None]:
    """The server with its tools, whose sentences are in *language*."""
    server: MCPServer[None] = MCPServer(
        settings.SITE_NAME_EN,
        instructions=INSTRUCTIONS,
        log_level="WARNING",
        subscriptions=False,
    )
    reading = ToolAnnotations(
        read_only_hint=True, idempotent_hint=True, open_world_hint=False
    )
    for tool in TOOLS:
        server.add_tool(_guard(tool, language), annotations=reading)
    return server


def _guard(tool: Callable[_P, _R], language: str) -> Callable[_P, _R]:
    """*tool* in *language*, which tells what it refuses."""

    @wraps(tool)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        # A tool runs in a thread of its own, whose connection nobody else closes.
        close_old_connections()
        try:
            with override(language):
                return tool(*args, **kwargs)
        except tools.ToolRefused as refused:
            raise ToolError(str(refused)) from refused
        finally:
            close_old_connections()

    return call
