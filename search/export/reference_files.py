"""Files for reference managers: the formats of `archive.citing`, of many articles."""

from collections.abc import Callable, Iterable, Iterator

from archive.citing import ReferenceFormat
from archive.references import build_reference
from search.export.about import About
from search.export.entries import Entry


def writer_of(
    kind: ReferenceFormat,
) -> Callable[[Iterable[Entry], About], Iterator[str]]:
    """A writer of entries in the format *kind*."""

    def write(entries: Iterable[Entry], about: About) -> Iterator[str]:
        return kind.write(
            build_reference(entry.article, about.place) for entry in entries
        )

    return write
