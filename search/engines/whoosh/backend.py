"""The Haystack engine: whatever SearchIndex is declared, on our index.

``SearchQuerySet`` and Haystack's commands come in through ``search``, ``update``,
``remove`` and ``clear``; the site's own pages through ``run`` and ``iter_ids``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SkipDocument
from haystack.utils import get_identifier, get_model_ct
from whoosh.fields import Schema

from search.engines.contract import EngineRequest, EngineStatus
from search.engines.whoosh import running
from search.engines.whoosh.schema import build_schema
from search.engines.whoosh.store import IndexStore
from search.results import EngineAnswer

# In the saving process only small segments are merged; the worker merges all.
MERGE_WHILE_SAVING = 5_000


class WhooshBackend(BaseSearchBackend):  # type: ignore[misc]
    """Writes and searches the index under the connection's ``PATH``."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self.store = IndexStore(
            Path(connection_options["PATH"]), unique=ID, build_schema=self.build_schema
        )

    def build_schema(self) -> Schema:
        """The schema of all declared search indexes."""
        unified = connections[self.connection_alias].get_unified_index()
        return build_schema(unified.all_searchfields(), (ID, DJANGO_CT, DJANGO_ID))

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Index each object of *iterable* as *index* prepares it, in one commit."""
        with self.store.writer() as writer:
            for document in self.prepare(index, iterable):
                writer.update_document(document)

    def prepare(self, index: Any, iterable: Iterable[Any]) -> Iterator[dict[str, Any]]:
        """The documents of the objects; those that *index* skips are left out.

        An index may have ``prepare_all``, which is given all objects at once.
        """
        if hasattr(index, "prepare_all"):
            yield from index.prepare_all(iterable)
            return
        for instance in iterable:
            try:
                yield index.full_prepare(instance)
            except SkipDocument:
                self.log.debug("Indexing for object `%s` skipped", instance)

    def apply(self, index: Any, instances: Iterable[Any], gone: Iterable[str]) -> None:
        """Index *instances* and take out the documents *gone*, in one small commit."""
        with self.store.writer(merge_up_to=MERGE_WHILE_SAVING) as writer:
            for identifier in gone:
                writer.delete(ID, identifier)
            for document in self.prepare(index, instances):
                writer.update_document(document)

    def build(self, batches: Iterable[Iterable[dict[str, Any]]]) -> int:
        """Write all documents of *batches* to a new generation and put it in use.

        Returns how many documents it holds. The live generation serves until then
        and stays as it is when anything fails.
        """
        folder = self.store.new_generation()
        with self.store.writer(folder) as writer:
            for batch in batches:
                for document in batch:
                    writer.update_document(document)
        count = self.store.count(folder)
        self.store.go_live(folder)
        return count

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take one object's document out."""
        with self.store.writer() as writer:
            writer.delete(ID, get_identifier(obj_or_string))

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Take out the documents of *models*, or put an empty generation in use."""
        if models is None:
            self.store.go_live(self.store.new_generation())
            return
        with self.store.writer() as writer:
            for model in models:
                writer.delete(DJANGO_CT, get_model_ct(model))

    def run(self, request: EngineRequest) -> EngineAnswer:
        """The page of hits that *request* asks for; see ``contract.Engine``."""
        return running.run(self.store.snapshot(), request)

    def iter_ids(self, request: EngineRequest) -> Iterator[int]:
        """The ids of all hits in order; see ``contract.Engine``."""
        return running.iter_ids(self.store.snapshot(), request)

    def status(self) -> EngineStatus:
        """How the index stands now; see ``contract.Engine``."""
        return self.store.status()


class WhooshEngine(BaseEngine):  # type: ignore[misc]
    backend = WhooshBackend
    query = BaseSearchQuery
