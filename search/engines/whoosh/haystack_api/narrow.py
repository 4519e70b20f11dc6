"""``narrow(SQ(...))``: the conditions behind the text that Haystack makes of them.

``SearchQuerySet.narrow`` turns its conditions into text before the query sees them.
The text of each condition was made by the query, which remembers what it stands for;
so the tree can be read back, whatever commas, quotes or colons the values hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from haystack.backends import SearchNode

# The text of a condition → the expression and the value that made it.
Remembered = Mapping[str, tuple[str, Any]]


class _Unreadable(ValueError):
    """The text is not made of remembered conditions."""


def read_tree(text: str, remembered: Remembered) -> SearchNode | None:
    """The tree that Haystack wrote as *text*; ``None`` where it is no such text."""
    reader = _Reader(text, remembered)
    try:
        node = reader.node()
    except _Unreadable:
        return None
    if not reader.at_end():
        return None
    return node if isinstance(node, SearchNode) else SearchNode([node])


class _Reader:
    """Reads ``condition``, ``(node AND node)``, ``(node OR node)``, ``NOT (nodes)``."""

    def __init__(self, text: str, remembered: Remembered) -> None:
        self._text = text
        self._at = 0
        # The longest first: a condition may begin as a shorter one does.
        self._conditions = sorted(
            ((key, value) for key, value in remembered.items() if key),
            key=lambda item: -len(item[0]),
        )

    def at_end(self) -> bool:
        """Whether the whole text is read."""
        return self._at == len(self._text)

    def node(self) -> Any:
        """The node at this place, and past it."""
        for text, condition in self._conditions:
            if self._take(text):
                return condition
        negated = self._take("NOT (")
        if not negated and not self._take("("):
            raise _Unreadable
        return self._list(negated=negated)

    def _list(self, *, negated: bool) -> SearchNode:
        children = [self.node()]
        connector = SearchNode.AND
        while not self._take(")"):
            connector = self._connector()
            children.append(self.node())
        return SearchNode(children, connector, negated)

    def _connector(self) -> str:
        for connector in (SearchNode.AND, SearchNode.OR):
            if self._take(f" {connector} "):
                return str(connector)
        raise _Unreadable

    def _take(self, text: str) -> bool:
        if not self._text.startswith(text, self._at):
            return False
        self._at += len(text)
        return True
