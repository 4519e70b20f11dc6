"""`manage.py load_sample`: adds what is missing of the sample archive."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.importing.command import CANNOT_RUN, SOME_REFUSED, import_file
from archive.importing.fields import (
    ACTOR_FIELDS,
    ARTICLE_FIELDS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    RecordField,
)
from archive.importing.mapping.columns import FieldMapping, MappedRow
from archive.importing.mapping.options import build_mapping
from archive.importing.options import ImportOptions
from archive.importing.records.articles import build_article
from archive.importing.records.authorities import build_actor, build_source, build_topic
from archive.importing.run import ImportCounts, Plan, Writer
from archive.importing.summary import LABELS
from archive.importing.writing import (
    ActorWriter,
    ArticleWriter,
    Result,
    SourceWriter,
    TopicWriter,
)

SAMPLE_DIR: Final = "sample"
# The counts that are printed for each file.
PRINTED_COUNTS: Final = ("added", "unchanged", "refused")


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file of the sample, and how its records are built and written."""

    name: str
    fields: tuple[RecordField, ...]
    build: Callable[[MappedRow], Any]
    writer: Callable[..., Writer[Any]]
    identifier: str = "slug"

    def make_plan(self, mapping: FieldMapping) -> Plan[Any]:
        """The plan to add the missing records; rows that exist are left alone."""
        writer = self.writer(only_new=True)
        return Plan(mapping, self.build, writer, self.identifier)


# Authorities before the articles that refer to them.
FILES: Final = (
    SampleFile("sources.jsonl", SOURCE_FIELDS, build_source, SourceWriter),
    SampleFile("topics.jsonl", TOPIC_FIELDS, build_topic, TopicWriter),
    SampleFile("actors.jsonl", ACTOR_FIELDS, build_actor, ActorWriter),
    SampleFile(
        "articles.jsonl", ARTICLE_FIELDS, build_article, ArticleWriter, "external_id"
    ),
)


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Load the sample archive. Only what is missing is added: what an editor has"
        " changed stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--directory",
            type=Path,
            default=Path(settings.BASE_DIR) / SAMPLE_DIR,
            help=_(
                "where sources.jsonl, topics.jsonl, actors.jsonl, articles.jsonl are"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        directory = Path(options["directory"])
        if not directory.is_dir():
            raise CommandError(
                _("There is no sample in %(path)s.") % {"path": directory},
                returncode=CANNOT_RUN,
            )
        refused = 0
        for file in FILES:
            path = directory / file.name
            if not path.exists():
                continue
            import_options = ImportOptions(file=path, verbosity=options["verbosity"])
            mapping = build_mapping(file.fields)
            counts = import_file(import_options, mapping, file.make_plan).counts
            refused += counts.refused
            if options["verbosity"]:
                self.stdout.write(f"{file.name}: {format_counts(counts)}")
        if refused:
            raise CommandError(
                _("Records of the sample refused: %(count)s.") % {"count": refused},
                returncode=SOME_REFUSED,
            )


def format_counts(counts: ImportCounts) -> str:
    """The counts of one file in one line."""
    return ", ".join(
        f"{LABELS[name]} {counts.results[Result(name)]}" for name in PRINTED_COUNTS
    )
