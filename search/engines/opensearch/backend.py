"""Haystack's back end on a cluster: what its commands and the site ask of an engine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from haystack.backends import BaseEngine
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.utils import get_identifier, get_model_ct

from search.engines.haystack_documents import prepare_documents
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.engine import SiteEngine
from search.engines.opensearch.fields import Field, build_types, read_fields
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.haystack_api.search import HaystackSearch
from search.engines.querysets.backend import QuerySetBackend
from search.engines.querysets.query import TreeQuery
from search.engines.whoosh.field_values import convert_document
from search.engines.whoosh.haystack_api.compiler import HaystackCompiler

# Clusters that a process speaks to: one, and others in tests.
_CLUSTERS: Final = 8


@lru_cache(_CLUSTERS)
def _connect(urls: tuple[str, ...], ca_file: str, process: int) -> Cluster:
    """The cluster of these nodes; its connections are those of the *process*.

    A fork must not speak through those of its parent.
    """
    return Cluster(urls, ca_file=ca_file)


class OpenSearchBackend(SiteEngine, QuerySetBackend):
    """Writes and searches the index of one connection of ``HAYSTACK_CONNECTIONS``.

    Options of the connection:

    ``URL``: the nodes, each with its scheme; without it ImproperlyConfigured is raised
    ``INDEX_NAME``: the alias of the index; its generations begin with it
    ``CA_FILE``: the certificates that nodes are trusted by
    ``SHARDS``: in how many parts new generations are divided
    ``IDENTITY``: the path of a function whose value new generations are stamped with
    ``TIMEOUT``: seconds after which a search of the site ends
    ``SILENTLY_FAIL``: whether errors are logged instead of raised, Haystack's default
    ``INCLUDE_SPELLING``: whether searches suggest spellings
    """

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        urls, name = connection_options.get("URL"), connection_options.get("INDEX_NAME")
        if not urls or not name:
            raise ImproperlyConfigured(
                f"The search connection {connection_alias!r} needs a URL, a list of "
                "the addresses of its nodes, and an INDEX_NAME."
            )
        self.cluster = _connect(
            tuple(urls), connection_options.get("CA_FILE", ""), os.getpid()
        )
        self.fields = self._declared
        self.generations = Generations(
            self.cluster,
            name,
            fields=self.fields,
            identify=import_string(
                connection_options.get("IDENTITY") or "builtins.str"
            ),
            shards=connection_options.get("SHARDS", 1),
        )

    def _declared(self) -> Mapping[str, Field]:
        """The fields of all declared search indexes, and Haystack's own."""
        return read_fields(self.unified.all_searchfields(), (ID, DJANGO_CT, DJANGO_ID))

    def setup(self) -> None:
        """Create an empty index where there is none."""
        with self.failing_silently("set up"):
            self.generations.ensure_live()

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace the documents of *iterable* as *index* prepares them.

        Fields that were declared after the index was built are added to it.
        """
        with self.failing_silently("update"):
            self.generations.ensure_live()
            self.generations.add_fields()
            convert = partial(convert_document, build_types(self.fields()))
            documents = self.convert_all(prepare_documents(index, iterable), convert)
            self.apply(documents, (), merge_all=True)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Delete the document of an object or of its identifier."""
        with self.failing_silently("remove"):
            self.apply((), [get_identifier(obj_or_string)], merge_all=False)

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Delete the documents of *models*, or without them publish an empty index."""
        with self.failing_silently("clear"):
            if models is None:
                self.generations.publish(self.generations.create())
                return
            names = [get_model_ct(model) for model in models]
            self.delete_where({"terms": {DJANGO_CT: names}})

    def open_search(self) -> HaystackSearch:
        """The search of the live generation."""
        fields = self.fields()
        compiler = HaystackCompiler(
            build_types(fields),
            declared=self.unified.all_searchfields(),
            find_name=self.unified.get_index_fieldname,
            content=self.content_field_name,
        )
        return HaystackSearch(
            self.cluster,
            self.generations.name,
            self.generations.words,
            fields,
            compiler,
            indexes=self.unified.get_indexes(),
            content=self.content_field_name,
        )


class OpenSearchEngine(BaseEngine):  # type: ignore[misc]
    """The ENGINE of a connection in ``HAYSTACK_CONNECTIONS``."""

    backend = OpenSearchBackend
    query = TreeQuery
