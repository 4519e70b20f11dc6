"""Generations: complete indexes side by side, one of which the alias points to.

A generation is two indexes: its documents, and the words of the archive. Both aliases
are moved by one request, so that readers search the old generation or the new one.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from opensearchpy import OpenSearch

from search.arabic.analyzer import ANALYZER_VERSION
from search.arabic.lexicon import installed, location
from search.engines.contract import EngineStatus
from search.engines.opensearch.cluster import Cluster, check_answer
from search.engines.opensearch.documents import (
    MAPPING_VERSION,
    build_index,
    build_properties,
    build_words_index,
)
from search.engines.opensearch.fields import Field

# Behind the name of a generation, that of its words.
_WORDS: Final = ".words"
# Seconds in which the copies of a new index have to be made; it is served without them.
_COPIES_SECONDS: Final = 60


def build_stamp(fields: Mapping[str, Field], lexicon: str) -> dict[str, object]:
    """The versions and fields of an index; with others it has to be built again."""
    return {
        "analyzer": ANALYZER_VERSION,
        "lexicon": lexicon,
        "mapping": MAPPING_VERSION,
        "fields": {name: fields[name].describe() for name in sorted(fields)},
    }


class Generations:
    """The generations behind the alias *name*; other indexes are never touched."""

    def __init__(
        self,
        cluster: Cluster,
        name: str,
        *,
        fields: Callable[[], Mapping[str, Field]],
        identify: Callable[[], str],
        shards: int,
    ) -> None:
        self._cluster = cluster
        self.name = name
        self._fields = fields
        self._identify = identify
        self._shards = shards

    @property
    def words(self) -> str:
        """The alias of the words of the archive."""
        return f"{self.name}{_WORDS}"

    @staticmethod
    def words_of(generation: str) -> str:
        """The index of the words of a generation."""
        return f"{generation}{_WORDS}"

    def live(self) -> str | None:
        """The name of the live generation; ``None`` if there is none yet."""
        found = self._cluster.ask(self._find_alias)
        return next(iter(found), None)

    def _find_alias(self, client: OpenSearch) -> dict[str, Any]:
        # Not an error, which the client would log.
        found = client.indices.get_alias(name=self.name, params={"ignore": 404})
        return {} if found.get("status") else found

    def create(self) -> str:
        """Create an empty generation, not live; returns its name."""
        generation = (
            f"{self.name}-{time.strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"
        )
        fields = self._fields()
        meta = {
            "stamp": build_stamp(fields, installed.current().digest),
            "identity": self._identify(),
        }
        for index, body in (
            (generation, build_index(fields, meta, shards=self._shards)),
            (self.words_of(generation), build_words_index()),
        ):
            self._create(index, body)
        return generation

    def _create(self, index: str, body: dict[str, Any]) -> None:
        # The name is nobody else's: one that exists is that of the try before.
        self._cluster.ask(
            lambda client: (
                client.indices.exists(index=index)
                or client.indices.create(index=index, body=body)
            )
        )

    def ensure_live(self) -> None:
        """Publish an empty generation where there is none."""
        if self.live() is None:
            self.publish(self.create())

    def add_fields(self) -> None:
        """Let the live generation take fields that were declared after it was built.

        A field whose kind has changed keeps its old one until the next build.
        """
        found = self._cluster.ask(
            lambda client: client.indices.get_mapping(index=self.name)
        )
        [described] = found.values()
        known = described["mappings"]["properties"]
        properties = {
            own: mapping
            for name, field in self._fields().items()
            if name not in known
            for own, mapping in build_properties(name, field).items()
        }
        if properties:
            self._cluster.ask(
                lambda client: client.indices.put_mapping(
                    index=self.name, body={"properties": properties}
                )
            )

    def refresh(self, index: str) -> None:
        """Let searches find what has been written to *index* and its words."""
        indexes = f"{index},{index}{_WORDS}"
        answer = self._cluster.ask(lambda client: client.indices.refresh(index=indexes))
        check_answer(answer)

    def publish(self, generation: str) -> None:
        """Let the aliases point to *generation*; all but the previous one are deleted.

        Searches that are under way in the previous one go on.
        """
        previous = self.live()
        self._cluster.ask(
            lambda client: client.cluster.health(
                index=generation,
                params={
                    "wait_for_no_initializing_shards": "true",
                    "timeout": f"{_COPIES_SECONDS}s",
                    "request_timeout": _COPIES_SECONDS + 10,
                    "ignore": 408,
                },
            )
        )
        self._cluster.ask(lambda client: self._move_aliases(client, generation))
        self._delete_all_but(generation, previous)

    def _move_aliases(self, client: OpenSearch, generation: str) -> None:
        """Move both aliases in one request; a second time changes nothing."""
        before = next(iter(self._find_alias(client)), None)
        if before == generation:
            return
        actions = [
            {action: {"index": f"{index}{suffix}", "alias": f"{self.name}{suffix}"}}
            for action, index in (("remove", before), ("add", generation))
            if index
            for suffix in ("", _WORDS)
        ]
        client.indices.update_aliases(body={"actions": actions})

    def discard(self, generation: str) -> None:
        """Delete an unfinished generation; the live one stays."""
        if generation == self.live():
            return
        for index in (generation, self.words_of(generation)):
            self._delete(index)

    def _delete_all_but(self, *keep: str | None) -> None:
        found = self._cluster.ask(
            lambda client: client.indices.get_alias(index=f"{self.name}-*")
        )
        kept = {each for one in keep if one for each in (one, self.words_of(one))}
        # Others may have indexes whose names begin so.
        own = re.compile(rf"{re.escape(self.name)}-\d{{14}}-[0-9a-f]{{6}}({_WORDS})?")
        for index in filter(own.fullmatch, {*found} - kept):
            self._delete(index)

    def _delete(self, index: str) -> None:
        self._cluster.ask(
            lambda client: client.indices.delete(index=index, params={"ignore": 404})
        )

    def status(self) -> EngineStatus:
        """The size and state of the live generation; raises IndexUnavailable."""
        counted = check_answer(
            self._cluster.ask(lambda client: client.count(index=self.name))
        )
        mapping = self._cluster.ask(
            lambda client: client.indices.get_mapping(index=self.name)
        )
        stats = self._cluster.ask(
            lambda client: client.indices.stats(
                index=f"{self.name},{self.words}", metric="store,segments"
            )
        )["_all"]["primaries"]
        generation, described = next(iter(mapping.items()))
        meta = described["mappings"].get("_meta", {})
        return EngineStatus(
            documents=counted["count"],
            size=stats["store"]["size_in_bytes"],
            segments=stats["segments"]["count"],
            generation=generation,
            current=meta.get("stamp") == build_stamp(self._fields(), location.digest()),
            identity=str(meta.get("identity", "")),
        )
