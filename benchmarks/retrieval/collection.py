"""A test collection as a value: documents, queries and qrels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document of a test collection; ``id`` is the collection's own."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and the ids of its relevant documents, at least one."""

    id: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection.

    ``unjudged`` is the number of queries left out because they have no relevant
    document.
    """

    documents: tuple[TextDocument, ...]
    queries: tuple[JudgedQuery, ...]
    unjudged: int = 0


class CollectionError(Exception):
    """A test collection cannot be read; the message names file, line and remedy."""
