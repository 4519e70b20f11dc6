"""Segments of Arabic texts that tests of writing compare section by section."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from whoosh.fields import Schema

from search.engines.whoosh.codec.segment_reader import SegmentReader
from search.engines.whoosh.schema import ArabicText, MarkedWords, Values
from search.engines.whoosh.writing.segment_writer import SegmentWriter

WORDS = ("كتاب", "والكتاب", "كِتاب", "مكتبة", "مكتبه", "قلم", "أقلام", "بيروت")
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=12
)


def schema() -> Schema:
    return Schema(
        text=ArabicText(),
        text_marked=MarkedWords(),
        id=Values(unique=True, stored=True),
    )


def build_segment(path: Path, texts: Iterable[tuple[int, str]]) -> SegmentReader:
    """Write a segment of numbered texts to *path*."""
    writer = SegmentWriter(schema())
    for number, text in texts:
        writer.add({"text": text, "id": str(number), "number": number})
    writer.write(path)
    writer.close()
    return SegmentReader(path)


def read_sections(path: Path) -> dict[str, Any]:
    """The sections of a segment, and its metadata.

    Without display forms: merging knows their frequencies by segments only.
    """
    reader = SegmentReader(path)
    return {
        name: reader.file.array(name).tolist()
        for name in reader.file.names()
        if "/spel" not in name
    } | reader.file.metadata
