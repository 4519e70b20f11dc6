"""``SearchQuerySet.narrow(SQ(...))``: its conditions, read back from their text.

Haystack turns the conditions into text before the query sees them. The query has
rendered each condition itself and remembers its expression and value, so that the tree
is restored whatever commas, quotes or colons the values hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from haystack.backends import SearchNode

# The text of each condition with the expression and the value that it was made of.
Conditions = Mapping[str, tuple[str, Any]]


class _Unreadable(ValueError):
    """The text is not made of known conditions."""


def read_tree(text: str, conditions: Conditions) -> SearchNode | None:
    """The tree that Haystack rendered as *text*; ``None`` for any other text."""
    reader = _Reader(text, conditions)
    try:
        node = reader.node()
    except _Unreadable:
        return None
    if not reader.at_end():
        return None
    return node if isinstance(node, SearchNode) else SearchNode([node])


class _Reader:
    """A recursive descent parser of Haystack's text.

    A node is a condition, ``(node AND node …)``, ``(node OR node …)`` or
    ``NOT (node …)``.
    """

    def __init__(self, text: str, conditions: Conditions) -> None:
        self._text = text
        self._offset = 0
        # The longest first, because a condition may begin with the text of another.
        self._conditions = sorted(
            ((key, value) for key, value in conditions.items() if key),
            key=lambda item: -len(item[0]),
        )

    def at_end(self) -> bool:
        """Whether the whole text is read."""
        return self._offset == len(self._text)

    def node(self) -> Any:
        """Read the next node: a tree, or the expression and value of a condition."""
        for text, condition in self._conditions:
            if self._take(text):
                return condition
        negated = self._take("NOT (")
        if not negated and not self._take("("):
            raise _Unreadable
        return self._children(negated=negated)

    def _children(self, *, negated: bool) -> SearchNode:
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
        if not self._text.startswith(text, self._offset):
            return False
        self._offset += len(text)
        return True
