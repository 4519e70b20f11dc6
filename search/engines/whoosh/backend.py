"""Haystack's back end, for any declared ``SearchIndex``.

``SearchQuerySet`` and Haystack's commands call ``search``, ``more_like_this``,
``update``, ``remove`` and ``clear``; the site's own pages use the methods of
`SiteEngine`.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, log_query
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from haystack.utils import get_identifier, get_model_ct
from whoosh import query as q
from whoosh.fields import Schema
from whoosh.index import LockError

from search.engines.contract import Document
from search.engines.haystack_documents import prepare_documents
from search.engines.whoosh.engine import SiteEngine
from search.engines.whoosh.field_values import convert_document
from search.engines.whoosh.haystack_api.compiler import HaystackCompiler
from search.engines.whoosh.haystack_api.more_like_this import key_query
from search.engines.whoosh.haystack_api.query import WhooshSearchQuery
from search.engines.whoosh.haystack_api.query_text import render_value
from search.engines.whoosh.haystack_api.search import HaystackSearch, Options
from search.engines.whoosh.index.index_store import IndexStore, LiveIndex
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.schema import build_schema
from search.engines.whoosh.writing.index_writer import DEFAULT_LIMITS, WriterLimits
from search.errors import SearchError
from search.fields import DOCUMENT_HASH

# Documents of the segments that a saving process merges; the indexer merges all.
MERGE_WHILE_SAVING = 5_000

log = logging.getLogger(__name__)

# Errors of searching and writing, which SILENTLY_FAIL turns into log entries.
_FAILURES: Final = (SearchBackendError, SearchError, LockError, OSError)


class WhooshBackend(SiteEngine, BaseSearchBackend):  # type: ignore[misc]
    """Writes and searches the index of one connection of ``HAYSTACK_CONNECTIONS``.

    Options of the connection:

    ``PATH``: the folder of the index; without it ImproperlyConfigured is raised
    ``IDENTITY``: the path of a function whose value new generations are stamped with
    ``STORAGE``: ``"ram"`` for a folder that is removed with the back end, without PATH
    ``MEMORY_MB``: mebibytes that writing takes
    ``PROCESSES``: processes that analyze the texts of a whole index
    ``CACHE_MB``: mebibytes of postings cached for later searches
    ``TIMEOUT``: seconds after which a search of the site ends
    ``SILENTLY_FAIL``: whether errors are logged instead of raised, Haystack's default
    ``INCLUDE_SPELLING``: whether searches suggest spellings
    """

    RESERVED_WORDS = ("AND", "NOT", "OR", "TO")
    RESERVED_CHARACTERS = (
        *("\\", "+", "-", "&&", "||", "!", "(", ")", "{", "}", "[", "]"),
        *("^", '"', "~", "*", "?", ":", "."),
    )

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        path = connection_options.get("PATH")
        if connection_options.get("STORAGE", "file") != "file":
            self._folder = tempfile.TemporaryDirectory(prefix="whoosh-")
            path = self._folder.name
        if not path:
            raise ImproperlyConfigured(
                f"The search connection {connection_alias!r} needs a PATH, "
                "the directory of its index."
            )
        identify = connection_options.get("IDENTITY") or "builtins.str"
        self.store = IndexStore(
            Path(path),
            unique=ID,
            build_schema=lambda: self.schema,
            identify=import_string(identify),
            limits=WriterLimits(
                connection_options.get("MEMORY_MB", DEFAULT_LIMITS.memory_mb),
                connection_options.get("PROCESSES", DEFAULT_LIMITS.processes),
            ),
            cache_mb=connection_options.get("CACHE_MB"),
        )

    @property
    def _unified(self) -> Any:
        return connections[self.connection_alias].get_unified_index()

    @property
    def content_field_name(self) -> str:
        """The name of the document field."""
        return str(self._unified.document_field)

    @property
    def schema(self) -> Schema:
        """The schema of all declared search indexes."""
        return self.build_schema(self._unified.all_searchfields())[1]

    @property
    def index(self) -> LiveIndex:
        """The generation that is live at each use, as a Whoosh index."""
        return LiveIndex(self.store)

    def build_schema(self, fields: Mapping[str, Any]) -> tuple[str, Schema]:
        """The name of the document field, and the schema of *fields*.

        Raises SearchBackendError without any field.
        """
        if not fields:
            raise SearchBackendError("No search index declares any field.")
        content = next((name for name, field in fields.items() if field.document), "")
        return content, build_schema(fields, (ID, DJANGO_CT, DJANGO_ID))

    def setup(self) -> None:
        """Create an empty index where there is none."""
        with self._failing_silently("set up"):
            self.store.live_index()

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace the documents of *iterable* as *index* prepares them.

        Every call is one commit, whatever *commit* says. Raises SearchBackendError for
        a value that its field cannot hold, unless SILENTLY_FAIL is on.
        """
        with self._failing_silently("update"), self.store.writer() as writer:
            for document in self._documents(index, iterable, writer.schema):
                writer.update_document(document)

    def _documents(
        self, index: Any, iterable: Iterable[Any], schema: Schema
    ) -> Iterator[dict[str, Any]]:
        """The documents with their values as the fields of *schema* hold them.

        A value that its field cannot hold raises SearchBackendError; with SILENTLY_FAIL
        the document is logged and left out.
        """
        for document in prepare_documents(index, iterable):
            try:
                yield convert_document(schema, document)
            except ValueError as error:
                if not self.silently_fail:
                    raise SearchBackendError(str(error)) from error
                log.exception("The document %s is left out.", document.get(ID))

    def apply(
        self, documents: Iterable[Document], deleted: Iterable[str], *, merge_all: bool
    ) -> None:
        """Add or replace *documents* and delete others, in one commit."""
        limit = None if merge_all else MERGE_WHILE_SAVING
        with self.store.writer(max_merge_docs=limit) as writer:
            for identifier in deleted:
                writer.delete(ID, identifier)
            for document in documents:
                writer.update_document(document)

    def build(self, batches: Iterable[Iterable[Document]]) -> int:
        """Write all documents of *batches* to a new generation and publish it.

        Returns the number of documents. Where anything fails, the live generation
        stays as it is.
        """
        folder = self.store.new_generation()
        count = hashes = 0
        try:
            with self.store.writer(folder) as writer:
                for batch in batches:
                    for document in batch:
                        writer.update_document(document)
                        count += 1
                        hashes += document.get(DOCUMENT_HASH, 0)
            self.store.check_index(folder, documents=count, hashes=hashes)
            self.store.publish(folder)
        except BaseException:
            self.store.discard(folder)
            raise
        return count

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Delete the document of an object or of its identifier."""
        with self._failing_silently("remove"), self.store.writer() as writer:
            writer.delete(ID, get_identifier(obj_or_string))

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Delete the documents of *models*, or without them publish an empty index."""
        with self._failing_silently("clear"):
            if models is None:
                self.store.publish(self.store.new_generation())
                return
            with self.store.writer() as writer:
                for model in models:
                    writer.delete(DJANGO_CT, get_model_ct(model))

    def delete_index(self) -> None:
        """Delete all documents."""
        self.clear()

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
        with self._failing_silently("search"):
            snapshot, compiler = self._open()
            search = self._search(snapshot, compiler)
            query = compiler.compile(query_string)
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
        with self._failing_silently("find similar documents"):
            snapshot, compiler = self._open()
            index = self._unified.get_index(type(model_instance))
            document = next(prepare_documents(index, [model_instance]), {})
            name = self.content_field_name
            like = key_query(snapshot, name, document.get(name))
            itself = q.Term(ID, get_identifier(model_instance))
            query: q.Query = q.AndNot(like, itself)
            narrow = {*(options.pop("narrow_queries", None) or ())}
            if additional_query_string:
                narrow.add(additional_query_string)
            selected = Options.select({**options, "narrow_queries": narrow})
            answer = self._search(snapshot, compiler).find(query, selected)
        return answer

    def _open(self) -> tuple[Snapshot, HaystackCompiler]:
        snapshot = self.store.snapshot()
        unified = self._unified
        compiler = HaystackCompiler(
            snapshot.schema,
            declared=unified.all_searchfields(),
            find_name=unified.get_index_fieldname,
            content=self.content_field_name,
        )
        return snapshot, compiler

    def _search(self, snapshot: Snapshot, compiler: HaystackCompiler) -> HaystackSearch:
        return HaystackSearch(
            snapshot,
            compiler,
            indexes=self._unified.get_indexes(),
            content=self.content_field_name,
        )

    @contextmanager
    def _failing_silently(self, task: str) -> Iterator[None]:
        """Log the engine's errors where SILENTLY_FAIL is on, otherwise raise them."""
        try:
            yield
        except _FAILURES:
            if not self.silently_fail:
                raise
            log.exception("The index failed to %s.", task)

    def _from_python(self, value: Any) -> Any:
        """*value* as the text of a query has it; Haystack calls the method so."""
        return render_value(value)


class WhooshEngine(BaseEngine):  # type: ignore[misc]
    """The ENGINE of a connection in ``HAYSTACK_CONNECTIONS``."""

    backend = WhooshBackend
    query = WhooshSearchQuery
