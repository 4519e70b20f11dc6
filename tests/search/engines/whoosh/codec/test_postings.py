"""Some postings of a word are read as all of them are, wherever its tokens end."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from whoosh.fields import Schema

from search.engines.whoosh.codec.postings import FieldPostings
from search.engines.whoosh.codec.segment_reader import SegmentReader
from search.engines.whoosh.schema import ArabicText, MarkedWords
from search.engines.whoosh.writing.segment_writer import SegmentWriter


def _field(texts: Iterable[str], path: Path) -> FieldPostings:
    """The text field of a segment with *texts*."""
    builder = SegmentWriter(Schema(text=ArabicText(), text_marked=MarkedWords()))
    for text in texts:
        builder.add({"text": text})
    builder.write(path)
    field = SegmentReader(path).field("text")
    assert field is not None
    return field


class TestOccurrencesAt:
    # Each has the word once, or some of them twice.
    @pytest.mark.parametrize("often", [1, 2, 3])
    @pytest.mark.parametrize("count", range(14, 26))
    def test_they_are_those_of_all_postings(
        self, tmp_path: Path, count: int, often: int
    ) -> None:
        texts = ["بغداد " * (at % often + 1) + "دمشق" for at in range(count)]
        field = _field(texts, tmp_path / "one.segment")
        for word in ("بغداد", "دمشق"):
            lists = field.find(word.encode())
            everything = field.occurrences(lists)
            for at in ([0], [count - 1], [3, 9, count - 1], list(range(count))):
                chosen = np.array(at)
                found, expected = (
                    field.occurrences_at(lists, chosen),
                    everything.take(chosen),
                )
                assert found.first.tolist() == expected.first.tolist()
                assert found.freqs.tolist() == expected.freqs.tolist()
                assert (
                    field.positions(found).tolist()
                    == field.positions(expected).tolist()
                )
