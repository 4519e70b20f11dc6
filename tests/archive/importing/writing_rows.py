"""Imports records of tests as the commands do, without a file."""

from collections.abc import Sequence
from typing import Any

from archive.importing.fields import (
    ACTOR_FIELDS,
    ARTICLE_FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
)
from archive.importing.mapping.options import build_mapping
from archive.importing.problems import Problem
from archive.importing.readers import Row
from archive.importing.records.articles import build_article
from archive.importing.records.authorities import build_actor, build_source, build_topic
from archive.importing.run import ImportCounts, Plan, run_import
from archive.importing.writing import (
    ActorWriter,
    ArticleWriter,
    SourceWriter,
    TopicWriter,
)

Records = Sequence[dict[str, object]]
KINDS: dict[str, Any] = {
    "articles": (ARTICLE_FIELDS, build_article, ArticleWriter),
    "actors": (ACTOR_FIELDS, build_actor, ActorWriter),
    "topics": (TOPIC_FIELDS, build_topic, TopicWriter),
    "sources": (SOURCE_FIELDS, build_source, SourceWriter),
}


class Imported:
    """An import with its counts and problems."""

    def __init__(self, kind: str, records: Records, options: dict[str, bool]) -> None:
        fields, build, writer = KINDS[kind]
        self.problems: list[Problem] = []
        self.all_counts = ImportCounts()
        plan: Plan[Any] = Plan(
            build_mapping(fields), build, writer(**options), "external_id"
        )
        rows = [Row(line, record) for line, record in enumerate(records, start=1)]
        run_import(
            rows,
            plan,
            self.all_counts,
            report=self.problems.append,
            on_batch=lambda: None,
        )

    @property
    def counts(self) -> dict[str, int]:
        return {result.value: n for result, n in self.all_counts.results.items() if n}

    @property
    def codes(self) -> list[tuple[int, str]]:
        return [(problem.line, problem.note.code) for problem in self.problems]


def write(kind: str, *records: dict[str, object], **options: bool) -> Imported:
    """Import the records as lines 1, 2 and so on; *options* are those of the writer."""
    return Imported(kind, records, options)


def article(**columns: object) -> dict[str, object]:
    """A valid record of an article, with *columns*."""
    return {
        "external_id": "a-1",
        "title": "دجلة",
        "body": "نهر.",
        "source": "لغة العرب",
        **columns,
    }
