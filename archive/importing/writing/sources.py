"""Sources by slug and by name, and the ones an import adds.

Public: `SourceLookup`.
"""

from archive.importing.records.validated import SourceRecord
from archive.importing.writing.lookup import Lookup
from archive.importing.writing.names import name_key
from archive.models import Source, SourceKind


class SourceLookup(Lookup):
    """All sources in memory: an archive has few of them."""

    def _load(self) -> None:
        self._by_slug: dict[str, Source] = {}
        self._by_name: dict[str, Source] = {}
        for source in Source.objects.order_by("pk"):
            self.learn(source)

    def find(self, record: SourceRecord) -> Source | None:
        """The source that the record means; None where there is none.

        The slug decides where the record has one; else a name, or a slug that
        stands where a name would.
        """
        if record.slug:
            return self._by_slug.get(record.slug)
        return self._by_slug.get(record.name_ar) or self._by_name.get(
            name_key(record.name_ar)
        )

    def find_or_add(self, record: SourceRecord) -> int:
        """The id of the source, added where there is none yet."""
        source = self.find(record)
        if source is None:
            source = build_source_row(record)
            source.save()
            self.learn(source)
            self._fresh += 1
        return source.pk

    def learn(self, source: Source) -> None:
        """Remember a source under its slug and its names."""
        self._by_slug[source.slug] = source
        for name in (source.name_ar, source.name_latin):
            if name:
                self._by_name.setdefault(name_key(name), source)


def build_source_row(record: SourceRecord) -> Source:
    """A source that is not saved yet."""
    return Source(
        slug=record.slug,
        name_ar=record.name_ar,
        name_latin=record.name_latin,
        kind=record.kind or SourceKind.NEWSPAPER,
        place=record.place,
        home_page=record.home_page,
    )
