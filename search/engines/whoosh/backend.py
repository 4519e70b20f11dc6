"""Haystack's back end, for any declared ``SearchIndex``.

``SearchQuerySet`` and Haystack's commands call ``search``, ``more_like_this``,
``update``, ``remove`` and ``clear``; the site's own pages use the methods of
`SiteEngine`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from haystack.backends import BaseEngine
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from haystack.utils import get_identifier, get_model_ct
from whoosh.fields import Schema
from whoosh.index import LockError

from search.engines.contract import Document
from search.engines.haystack_documents import prepare_documents
from search.engines.querysets.backend import QuerySetBackend
from search.engines.querysets.query import TreeQuery
from search.engines.whoosh.engine import SiteEngine
from search.engines.whoosh.field_values import convert_document
from search.engines.whoosh.haystack_api.compiler import HaystackCompiler
from search.engines.whoosh.haystack_api.search import HaystackSearch
from search.engines.whoosh.index.index_store import IndexStore, LiveIndex
from search.engines.whoosh.schema import build_schema
from search.engines.whoosh.writing.index_writer import DEFAULT_LIMITS, WriterLimits
from search.fields import DOCUMENT_HASH

# Documents of the segments that a saving process merges; the indexer merges all.
MERGE_WHILE_SAVING = 5_000


class WhooshBackend(SiteEngine, QuerySetBackend):
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

    failures = (*QuerySetBackend.failures, LockError, OSError)

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
    def schema(self) -> Schema:
        """The schema of all declared search indexes."""
        return self.build_schema(self.unified.all_searchfields())[1]

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
        with self.failing_silently("set up"):
            self.store.live_index()

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace the documents of *iterable* as *index* prepares them.

        Every call is one commit, whatever *commit* says. Raises SearchBackendError for
        a value that its field cannot hold, unless SILENTLY_FAIL is on.
        """
        with self.failing_silently("update"), self.store.writer() as writer:
            prepared = prepare_documents(index, iterable)
            convert = partial(convert_document, writer.schema)
            for document in self.convert_all(prepared, convert):
                writer.update_document(document)

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
        with self.failing_silently("remove"), self.store.writer() as writer:
            writer.delete(ID, get_identifier(obj_or_string))

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Delete the documents of *models*, or without them publish an empty index."""
        with self.failing_silently("clear"):
            if models is None:
                self.store.publish(self.store.new_generation())
                return
            with self.store.writer() as writer:
                for model in models:
                    writer.delete(DJANGO_CT, get_model_ct(model))

    def open_search(self) -> HaystackSearch:
        """The search of the live generation as it is now."""
        snapshot = self.store.snapshot()
        unified = self.unified
        compiler = HaystackCompiler(
            snapshot.schema,
            declared=unified.all_searchfields(),
            find_name=unified.get_index_fieldname,
            content=self.content_field_name,
        )
        return HaystackSearch(
            snapshot,
            compiler,
            indexes=unified.get_indexes(),
            content=self.content_field_name,
        )


class WhooshEngine(BaseEngine):  # type: ignore[misc]
    """The ENGINE of a connection in ``HAYSTACK_CONNECTIONS``."""

    backend = WhooshBackend
    query = TreeQuery
