"""`manage.py import_topics FILE`: imports topics from an authority file."""

from django.utils.translation import gettext_lazy

from archive.importing.command import ImportCommand
from archive.importing.fields import TOPIC_FIELDS
from archive.importing.mapping.columns import FieldMapping
from archive.importing.records.authorities import build_topic
from archive.importing.records.validated import TopicRecord
from archive.importing.run import Plan
from archive.importing.writing import TopicWriter


class Command(ImportCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Import topics. A topic may stand before or after the one it stands under,"
        " which its field parent names by slug or by name."
    )
    examples = gettext_lazy(
        "Examples:\n"
        "  manage.py import_topics topics.jsonl\n"
        "  manage.py import_topics topics.csv --map parent=broader --dry-run\n"
        "Exit status: 0 all is well, 1 some records were refused, 2 cannot run."
    )
    fields = TOPIC_FIELDS

    def make_plan(self, mapping: FieldMapping, *, only_new: bool) -> Plan[TopicRecord]:
        writer = TopicWriter(only_new=only_new)
        return Plan(mapping, build_topic, writer, identifier="slug")
