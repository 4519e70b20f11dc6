"""Documents and words on their way to the server, many in one request."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _
from opensearchpy import OpenSearch
from opensearchpy.helpers import streaming_bulk

from search.engines.contract import Document
from search.engines.opensearch.cluster import (
    BUSY,
    Cluster,
    describe_closed,
    is_closed,
)
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
# Refused without harm: a word that is known, a document that is deleted already.
_NO_ERRORS: Final = frozenset({("create", 409), ("delete", 404)})
_FIRST_ERROR: Final = 300
# Errors that a message names.
_NAMED: Final = 5


class Answer(NamedTuple):
    """What the server says of one line of a request."""

    kind: str
    status: int
    identifier: str
    reason: str


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
        """Write *lines*; those that the server is too busy for are sent again.

        Raises IndexUnavailable, which names those that were refused.
        """
        waiting = lines
        for number in range(_TRIES):
            answers = self._cluster.ask(partial(self._send_bulk, lines=waiting))
            refused = [
                (line, answer)
                for line, answer in zip(waiting, answers, strict=True)
                if _is_refused(answer)
            ]
            if not all(_is_passing(answer) for _line, answer in refused):
                break
            waiting = [line for line, _answer in refused]
            if not waiting:
                return
            time.sleep(_FIRST_WAIT * 2**number)
        raise _describe_all([answer for _line, answer in refused])

    def _send_bulk(self, client: OpenSearch, lines: list[Json]) -> list[Answer]:
        """The answer to each of *lines*, in their order."""
        sent = streaming_bulk(
            client,
            lines,
            chunk_size=len(lines),
            max_chunk_bytes=_MOST_BYTES,
            raise_on_error=False,
            request_timeout=_SECONDS,
            require_alias=self._aliased,
        )
        return [_read_answer(item) for _is_done, item in sent]


# Bytes of the key of a document are at most 512.
_LONGEST_ID: Final = 120


def _read_answer(item: Mapping[str, Any]) -> Answer:
    [(kind, answer)] = item.items()
    error = answer.get("error", "")
    reason = error.get("reason", error) if isinstance(error, dict) else error
    return Answer(kind, answer["status"], answer.get("_id", ""), str(reason))


def _is_refused(answer: Answer) -> bool:
    """Whether a line was refused that had to be written."""
    if answer.status < _FIRST_ERROR:
        return False
    return (answer.kind, answer.status) not in _NO_ERRORS


def _is_passing(answer: Answer) -> bool:
    return answer.status in BUSY and not is_closed(answer.reason)


def _describe_all(refused: Sequence[Answer]) -> IndexUnavailable:
    named = "; ".join(
        f"{each.identifier}: {each.reason or each.status}" for each in refused[:_NAMED]
    )
    if is_closed(named):
        return describe_closed(named)
    return IndexUnavailable(
        _(
            "The search cluster refused some articles. Nothing is lost: they"
            " wait to be indexed. %(errors)s"
        )
        % {"errors": named},
        fragment=named,
    )
