"""A read-only MCP server: the archive for assistants that quote it.

The Model Context Protocol hands tools to a program that writes. Each text that a tool
gives is word for word, with the number of its article and its offsets, so that a
quotation can be checked; what is not published is refused. No language model is here.
"""

# `server` needs the package mcp, which is optional.
__all__ = ["server", "tools", "values"]
