"""The lookup of sources by slug and name."""

from archive.importing.records.validated import SourceRecord
from archive.importing.writing.matching.lookup import Lookup
from archive.importing.writing.matching.names import heading_key, name_key
from archive.models import Source


class SourceLookup(Lookup):
    """All sources in memory, of which an archive has few."""

    def load(self) -> None:
        """Load all sources of the database."""
        self._by_slug: dict[str, Source] = {}
        self._by_name: dict[str, Source] = {}
        self._by_spelling: dict[str, Source] = {}
        for source in Source.objects.order_by("pk"):
            self.register(source)

    def find(self, record: SourceRecord) -> Source | None:
        """The source of the record; None where there is none.

        By slug where the record has one, else by a slug given as a name, by a name, or
        by a name of which this is another spelling.
        """
        if record.slug:
            return self._by_slug.get(record.slug)
        name = record.name_ar
        return (
            self._by_slug.get(name)
            or self._by_name.get(heading_key(name))
            or self._by_spelling.get(name_key(name))
        )

    def find_or_add(self, record: SourceRecord) -> int:
        """The id of the record's source, which is added if it is missing."""
        source = self.find(record)
        if source is None:
            source = build_source_row(record)
            source.save()
            self.register(source)
            self._added_in_batch.append(source)
        return source.pk

    def is_new(self, source_id: int) -> bool:
        """Whether this import has added the source."""
        new = {source.pk for source in self._added_in_batch}
        return source_id in new or source_id in self.added_ids

    def register(self, source: Source) -> None:
        """Add a source to the lookup, by its slug and names."""
        self._by_slug[source.slug] = source
        for name in (source.name_ar, source.name_latin):
            if name:
                self._by_name.setdefault(heading_key(name), source)
                self._by_spelling.setdefault(name_key(name), source)


def build_source_row(record: SourceRecord) -> Source:
    """An unsaved source with the values of the record."""
    return Source(
        slug=record.slug,
        name_ar=record.name_ar,
        name_latin=record.name_latin,
        kind=record.kind,
        place=record.place,
        home_page=record.home_page,
    )
