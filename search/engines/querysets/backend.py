"""What Haystack calls of a back end, answered by the search of an engine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Protocol

from haystack import connections
from haystack.backends import BaseSearchBackend, log_query
from haystack.constants import ID
from haystack.exceptions import SearchBackendError
from haystack.utils import get_identifier

from search.engines.contract import Document
from search.engines.haystack_documents import prepare_documents
from search.engines.querysets.options import Options
from search.engines.querysets.query_text import render_value
from search.errors import SearchError

log = logging.getLogger(__name__)


class EngineSearch(Protocol):
    """Searches one state of an index; its queries are its own.

    All methods raise SearchBackendError for what the fields cannot answer, and
    IndexUnavailable.
    """

    def compile(self, query: str) -> Any:
        """The query for Haystack's *query*: its tree, or a raw query."""
        ...

    def similar_query(self, text: Any, identifier: str) -> Any:
        """The query for the key words of *text*, without one document.

        *text* is a value of the document field.
        """
        ...

    def find(self, query: Any, options: Options) -> dict[str, Any]:
        """Haystack's results of the slice, the exact number of hits, and facets."""
        ...

    def suggest(self, text: str) -> str | None:
        """*text* with each word that finds nothing replaced by the nearest that does.

        ``None`` where no word is replaced.
        """
        ...


class QuerySetBackend(BaseSearchBackend):  # type: ignore[misc]
    """Base class of back ends that answer a ``SearchQuerySet``."""

    RESERVED_WORDS = ("AND", "NOT", "OR", "TO")
    RESERVED_CHARACTERS = (
        *("\\", "+", "-", "&&", "||", "!", "(", ")", "{", "}", "[", "]"),
        *("^", '"', "~", "*", "?", ":", "."),
    )
    # The field that identifies documents.
    unique: str = ID
    # Errors of searching and writing, which SILENTLY_FAIL turns into log entries.
    failures: ClassVar[tuple[type[Exception], ...]] = (SearchBackendError, SearchError)

    @property
    def unified(self) -> Any:
        """The search indexes of the connection, as one."""
        return connections[self.connection_alias].get_unified_index()

    @property
    def content_field_name(self) -> str:
        """The name of the document field."""
        return str(self.unified.document_field)

    def open_search(self) -> EngineSearch:
        """The search of the index as it is now; raises IndexUnavailable."""
        raise NotImplementedError

    @log_query  # type: ignore[untyped-decorator]
    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        """Haystack's dictionary of results for *query_string*.

        A `QueryText` is run as its tree, any other text is parsed as a raw query.
        *options* are those of `Options`. Raises SearchBackendError for a query or an
        option that the fields cannot answer, and IndexUnavailable, unless SILENTLY_FAIL
        is on.
        """
        answer: dict[str, Any] = {"results": [], "hits": 0}
        if not query_string:
            return answer
        with self.failing_silently("search"):
            search = self.open_search()
            query = search.compile(query_string)
            selected = Options.select(options)
            answer = search.find(query, selected)
            if self.include_spelling:
                text = selected.spelling_query or query_string
                answer["spelling_suggestion"] = search.suggest(text)
        return answer

    def more_like_this(
        self,
        model_instance: Any,
        additional_query_string: str | None = None,
        **options: Any,
    ) -> dict[str, Any]:
        """Documents with key words of the instance's text, best first.

        The instance is prepared as for indexing, so that it need not be in the index,
        and is not among the hits, which *additional_query_string* filters. Options and
        errors are those of ``search``.
        """
        answer: dict[str, Any] = {"results": [], "hits": 0}
        with self.failing_silently("find similar documents"):
            search = self.open_search()
            index = self.unified.get_index(type(model_instance))
            document = next(prepare_documents(index, [model_instance]), {})
            query = search.similar_query(
                document.get(self.content_field_name), get_identifier(model_instance)
            )
            narrow = {*(options.pop("narrow_queries", None) or ())}
            if additional_query_string:
                narrow.add(additional_query_string)
            selected = Options.select({**options, "narrow_queries": narrow})
            answer = search.find(query, selected)
        return answer

    def convert_all(
        self, documents: Iterable[Document], convert: Callable[[Document], Document]
    ) -> Iterator[Document]:
        """*documents* with their values as *convert* has them.

        A value that its field cannot hold raises SearchBackendError; with SILENTLY_FAIL
        the document is logged and left out.
        """
        for document in documents:
            try:
                yield convert(document)
            except ValueError as error:
                if not self.silently_fail:
                    raise SearchBackendError(str(error)) from error
                log.exception("The document %s is left out.", document.get(ID))

    def delete_index(self) -> None:
        """Delete all documents."""
        self.clear()

    @contextmanager
    def failing_silently(self, task: str) -> Iterator[None]:
        """Log the engine's errors where SILENTLY_FAIL is on, otherwise raise them."""
        try:
            yield
        except self.failures:
            if not self.silently_fail:
                raise
            log.exception("The index failed to %s.", task)

    def _from_python(self, value: Any) -> Any:
        """*value* as the text of a query has it; Haystack calls the method so."""
        return render_value(value)
