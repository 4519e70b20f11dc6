"""The tokens of some postings are those that all postings have."""

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
    writer = SegmentWriter(Schema(text=ArabicText(), text_marked=MarkedWords()))
    for text in texts:
        writer.add({"text": text})
    writer.write(path)
    field = SegmentReader(path).field("text")
    assert field is not None
    return field


class TestOccurrencesAt:
    # Documents with the word once, or up to three times.
    @pytest.mark.parametrize("often", [1, 2, 3])
    @pytest.mark.parametrize("count", range(14, 26))
    def test_tokens_are_those_among_all_postings(
        self, tmp_path: Path, count: int, often: int
    ) -> None:
        texts = ["بغداد " * (at % often + 1) + "دمشق" for at in range(count)]
        field = _field(texts, tmp_path / "one.segment")
        for word in ("بغداد", "دمشق"):
            lists = field.find(word.encode())
            all_occurrences = field.occurrences(lists)
            for at in ([0], [count - 1], [3, 9, count - 1], list(range(count))):
                chosen = np.array(at)
                found = field.occurrences_at(lists, chosen)
                expected = all_occurrences.take(chosen)
                assert found.first.tolist() == expected.first.tolist()
                assert found.freqs.tolist() == expected.freqs.tolist()
                assert (
                    field.positions(found).tolist()
                    == field.positions(expected).tolist()
                )
