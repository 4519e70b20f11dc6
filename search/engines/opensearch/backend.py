"""Haystack's back end on a cluster: what its commands and the site ask of an engine."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from haystack.utils import get_identifier, get_model_ct

from search.engines.haystack_documents import prepare_documents
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.documents import Kind
from search.engines.opensearch.engine import SiteEngine
from search.engines.opensearch.generations import Generations
from search.errors import SearchError

log = logging.getLogger(__name__)

# Errors of searching and writing, which SILENTLY_FAIL turns into log entries.
_FAILURES: Final = (SearchBackendError, SearchError)
_NOT_SERVED: Final = (
    "The OpenSearch engine serves the site's own pages. A SearchQuerySet is answered "
    "by search.engines.whoosh.backend.WhooshEngine."
)
# Clusters that a process speaks to: one, and others in tests.
_CLUSTERS: Final = 8
# Haystack's ``field_type`` → how the field is indexed.
_KINDS: Final = {"string": Kind.TEXT, "integer": Kind.INTEGER}


@lru_cache(_CLUSTERS)
def _connect(urls: tuple[str, ...], ca_file: str, process: int) -> Cluster:
    """The cluster of these nodes; its connections are those of the *process*.

    A fork must not speak through those of its parent.
    """
    return Cluster(urls, ca_file=ca_file)


class OpenSearchBackend(SiteEngine, BaseSearchBackend):  # type: ignore[misc]
    """Writes and searches the index of one connection of ``HAYSTACK_CONNECTIONS``.

    Options of the connection:

    ``URL``: the nodes, each with its scheme; without it ImproperlyConfigured is raised
    ``INDEX_NAME``: the alias of the index; its generations begin with it
    ``CA_FILE``: the certificates that nodes are trusted by
    ``SHARDS``: in how many parts new generations are divided
    ``IDENTITY``: the path of a function whose value new generations are stamped with
    ``TIMEOUT``: seconds after which a search of the site ends
    ``SILENTLY_FAIL``: whether errors are logged instead of raised, Haystack's default
    """

    unique = ID

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

    def _declared(self) -> Mapping[str, Kind]:
        """The fields of all declared search indexes, and Haystack's own."""
        declared = connections[self.connection_alias].get_unified_index()
        own = dict.fromkeys((ID, DJANGO_CT, DJANGO_ID), Kind.KEYWORD)
        fields = declared.all_searchfields().values()
        return {**own, **{field.index_fieldname: _kind_of(field) for field in fields}}

    def setup(self) -> None:
        """Create an empty index where there is none."""
        with self._failing_silently("set up"):
            self.generations.ensure_live()

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace the documents of *iterable* as *index* prepares them."""
        with self._failing_silently("update"):
            self.apply(prepare_documents(index, iterable), (), merge_all=True)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Delete the document of an object or of its identifier."""
        with self._failing_silently("remove"):
            self.apply((), [get_identifier(obj_or_string)], merge_all=False)

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Delete the documents of *models*, or without them publish an empty index."""
        with self._failing_silently("clear"):
            if models is None:
                self.generations.publish(self.generations.create())
                return
            names = [get_model_ct(model) for model in models]
            self.delete_where({"terms": {DJANGO_CT: names}})

    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        """Raises SearchBackendError: a SearchQuerySet is not served by this engine."""
        raise SearchBackendError(_NOT_SERVED)

    @contextmanager
    def _failing_silently(self, task: str) -> Iterator[None]:
        """Log the engine's errors where SILENTLY_FAIL is on, otherwise raise them."""
        try:
            yield
        except _FAILURES:
            if not self.silently_fail:
                raise
            log.exception("The index failed to %s.", task)


def _kind_of(field: Any) -> Kind:
    """How *field* is indexed; raises SearchBackendError for a kind that is not."""
    is_facet = field.field_type == "string" and getattr(field, "facet_for", None)
    if is_facet or field.is_multivalued:
        return Kind.KEYWORD
    try:
        return _KINDS[field.field_type]
    except KeyError:
        raise SearchBackendError(
            f"The OpenSearch engine indexes texts, keywords and integers: the field "
            f"{field.index_fieldname} is none of them."
        ) from None


class OpenSearchQuery(BaseSearchQuery):  # type: ignore[misc]
    """Refuses what Haystack's users ask, before anything is sent."""

    def build_query(self) -> str:
        """Raises SearchBackendError: a SearchQuerySet is not served by this engine."""
        raise SearchBackendError(_NOT_SERVED)


class OpenSearchEngine(BaseEngine):  # type: ignore[misc]
    """The ENGINE of a connection in ``HAYSTACK_CONNECTIONS``."""

    backend = OpenSearchBackend
    query = OpenSearchQuery
