"""Documents and words on their way to the server, many in one request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from opensearchpy import OpenSearch
from opensearchpy.helpers import streaming_bulk

from search.engines.contract import Document
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.documents import Converter, word_source
from search.engines.opensearch.fields import Field
from search.engines.opensearch.query.words import Json
from search.engines.opensearch.tokens import describe
from search.errors import IndexUnavailable

# Documents in one request, and words.
_BATCH: Final = 200
_WORDS_AT_ONCE: Final = 5_000
# Bytes of one request: a tenth of what a server takes by default.
_MOST_BYTES: Final = 10_000_000
# Tries of a document that a server is too busy for.
_TRIES: Final = 5
_FIRST_WAIT: Final = 1
_SECONDS: Final = 120
_CONFLICT: Final = 409
_MISSING: Final = 404
# Errors that a message names.
_NAMED: Final = 5


class Writer:
    """Writes documents to *index* and their words to *words*.

    With *aliased* both are aliases that must exist, so that the server makes no index
    by itself. *unique* is the field that identifies documents.
    """

    def __init__(
        self,
        cluster: Cluster,
        index: str,
        words: str,
        fields: Mapping[str, Field],
        *,
        unique: str,
        aliased: bool,
    ) -> None:
        self._cluster = cluster
        self._index = index
        self._words = words
        self._unique = unique
        self._aliased = aliased
        self.converter = Converter(fields)

    def add(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Add or replace *documents*; iterates those that are written.

        Raises IndexUnavailable, which names the documents that were refused.
        """
        stream = iter(documents)
        while batch := list(islice(stream, _BATCH)):
            sources = self.converter.convert(batch)
            self._send(
                [
                    {**self._line("index", each[self._unique]), "_source": source}
                    for each, source in zip(batch, sources, strict=True)
                ]
            )
            yield from batch

    def delete(self, identifiers: Iterable[str]) -> None:
        """Delete documents; those that are not there are none."""
        stream = iter(identifiers)
        while batch := list(islice(stream, _WORDS_AT_ONCE)):
            self._send([self._line("delete", each) for each in batch])

    def add_words(self) -> None:
        """Add the words of all documents so far; known ones stay as they are."""
        counts = self.converter.counts
        stream = iter(counts)
        while batch := list(islice(stream, _WORDS_AT_ONCE)):
            words = describe(batch)
            self._send(
                [
                    {
                        "_op_type": "create",
                        "_index": self._words,
                        "_id": form[:_LONGEST_ID],
                        "_source": word_source(word, counts[form]),
                    }
                    for form, word in zip(batch, words, strict=True)
                ]
            )
        counts.clear()

    def _line(self, kind: str, identifier: str) -> Json:
        return {"_op_type": kind, "_index": self._index, "_id": identifier}

    def _send(self, lines: list[Json]) -> None:
        refused = self._cluster.ask(lambda client: self._send_bulk(client, lines))
        if refused:
            named = "; ".join(refused[:_NAMED])
            raise IndexUnavailable(
                _(
                    "The search cluster refused some articles. Nothing is lost: they"
                    " wait to be indexed. %(errors)s"
                )
                % {"errors": named},
                fragment=named,
            )

    def _send_bulk(self, client: OpenSearch, lines: list[Json]) -> list[str]:
        """Send *lines*; returns what was refused, with the reason."""
        sent = streaming_bulk(
            client,
            lines,
            chunk_size=len(lines),
            max_chunk_bytes=_MOST_BYTES,
            max_retries=_TRIES,
            initial_backoff=_FIRST_WAIT,
            raise_on_error=False,
            request_timeout=_SECONDS,
            require_alias=self._aliased,
        )
        return [
            _describe(item) for is_done, item in sent if not is_done and _counts(item)
        ]


# Bytes of the key of a document are at most 512.
_LONGEST_ID: Final = 120


def _counts(item: Mapping[str, Any]) -> bool:
    """Whether a line was refused that had to be written."""
    [(kind, answer)] = item.items()
    # A word that is known, a document that is deleted already.
    return (kind, answer["status"]) not in {("create", _CONFLICT), ("delete", _MISSING)}


def _describe(item: Mapping[str, Any]) -> str:
    [answer] = item.values()
    error = answer.get("error", answer["status"])
    reason = error.get("reason", error) if isinstance(error, dict) else error
    return f"{answer['_id']}: {reason}"
