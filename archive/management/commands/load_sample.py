"""`manage.py load_sample`: the sample archive, where it is missing."""

from collections.abc import Mapping
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
)
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import build_mapping
from archive.importing.options import ImportOptions
from archive.importing.records.articles import build_article
from archive.importing.records.authorities import build_actor, build_source, build_topic
from archive.importing.run import Plan
from archive.importing.summary import LABELS
from archive.importing.writing import (
    ActorWriter,
    ArticleWriter,
    SourceWriter,
    TopicWriter,
)

SAMPLE_DIR: Final = "sample"
COUNTED: Final = ("added", "unchanged", "refused")


def plan_sources(mapping: FieldMapping) -> Plan[Any]:
    """How the sources of the sample are read and written."""
    return Plan(mapping, build_source, SourceWriter(only_new=True), "slug")


def plan_topics(mapping: FieldMapping) -> Plan[Any]:
    """How the topics of the sample are read and written."""
    return Plan(mapping, build_topic, TopicWriter(only_new=True), "slug")


def plan_actors(mapping: FieldMapping) -> Plan[Any]:
    """How the actors of the sample are read and written."""
    return Plan(mapping, build_actor, ActorWriter(only_new=True), "slug")


def plan_articles(mapping: FieldMapping) -> Plan[Any]:
    """How the articles of the sample are read and written."""
    return Plan(mapping, build_article, ArticleWriter(only_new=True), "external_id")


# In this order every name is there before an article joins it.
FILES: Final = (
    ("sources.jsonl", SOURCE_FIELDS, plan_sources),
    ("topics.jsonl", TOPIC_FIELDS, plan_topics),
    ("actors.jsonl", ACTOR_FIELDS, plan_actors),
    ("articles.jsonl", ARTICLE_FIELDS, plan_articles),
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
        for name, fields, make_plan in FILES:
            path = directory / name
            if not path.exists():
                continue
            wanted = ImportOptions(file=path, verbosity=options["verbosity"])
            tally = import_file(wanted, build_mapping(fields), make_plan).tally
            refused += tally.refused
            if options["verbosity"]:
                counts = {result.value: n for result, n in tally.results.items()}
                self.stdout.write(f"{name}: {write_counts(counts)}")
        if refused:
            raise CommandError(
                _("Records of the sample refused: %(count)s.") % {"count": refused},
                returncode=SOME_REFUSED,
            )


def write_counts(counts: Mapping[str, int]) -> str:
    """The counts of one file in one line."""
    return ", ".join(f"{LABELS[name]} {counts.get(name, 0)}" for name in COUNTED)
