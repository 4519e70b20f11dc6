"""A test collection as a value: documents, queries, and which answers which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document to find; ``id`` is the collection's own."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query text and the ids of the documents that answer it, one at least."""

    id: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Collection:
    """What there is to find and what is asked.

    ``unjudged`` is how many queries are left out because no document answers them.
    """

    documents: tuple[TextDocument, ...]
    queries: tuple[JudgedQuery, ...]
    unjudged: int = 0


class CollectionError(Exception):
    """A test collection cannot be read; the sentence names file, line and remedy."""
