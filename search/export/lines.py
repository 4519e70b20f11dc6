"""JSON Lines: the interchange record of each article, as the import reads it."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from archive.importing.records.interchange import article_to_record
from search.export.about import About
from search.export.entries import Entry

CONTENT_TYPE: Final = "application/x-ndjson"


def write_lines(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """A line of JSON for each entry, Arabic unescaped, without a byte order mark."""
    for entry in entries:
        record = article_to_record(entry.article, tree=entry.topics)
        yield json.dumps(record, ensure_ascii=False) + "\n"
