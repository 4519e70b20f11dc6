"""The kinds of records that can be imported: their fields, validation and writers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archive.importing.fields import (
    ACTOR_FIELDS,
    ARTICLE_FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    RecordField,
)
from archive.importing.mapping.columns import FieldMapping, MappedRow
from archive.importing.problems import Note
from archive.importing.records.articles import build_article
from archive.importing.records.authorities import build_actor, build_source, build_topic
from archive.importing.run import Plan, Writer
from archive.importing.writing import (
    ActorWriter,
    ArticleWriter,
    SourceWriter,
    TopicWriter,
)


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of records; `identifier` is the field that names one in reports."""

    name: str
    fields: tuple[RecordField, ...]
    build: Callable[[MappedRow], tuple[Any, list[Note]]]
    writer: Callable[..., Writer[Any]]
    identifier: str

    def make_plan(
        self, mapping: FieldMapping, *, only_new: bool = False, overwrite: bool = False
    ) -> Plan[Any]:
        """The plan by which records are built and written."""
        writer = self.writer(only_new=only_new, overwrite=overwrite)
        return Plan(mapping, self.build, writer, self.identifier)


KINDS: Final[Mapping[str, ImportKind]] = {
    kind.name: kind
    for kind in (
        ImportKind(
            "articles", ARTICLE_FIELDS, build_article, ArticleWriter, "external_id"
        ),
        ImportKind("actors", ACTOR_FIELDS, build_actor, ActorWriter, "slug"),
        ImportKind("sources", SOURCE_FIELDS, build_source, SourceWriter, "slug"),
        ImportKind("topics", TOPIC_FIELDS, build_topic, TopicWriter, "slug"),
    )
}
