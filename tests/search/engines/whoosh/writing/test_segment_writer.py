"""What a segment writer writes does not depend on runs and files; its memory counts."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from whoosh.fields import Schema

from search.engines.whoosh.codec.stored_fields import decode_stored
from search.engines.whoosh.schema import ArabicText
from search.engines.whoosh.writing import inversion
from search.engines.whoosh.writing.segment_writer import SegmentWriter
from tests.search.engines.whoosh.writing.segments import TEXTS, build_segment


class TestSegmentWriter:
    @pytest.mark.usefixtures("run_tokens")
    # Each example writes two segments.
    @settings(max_examples=settings().max_examples // 5)
    @given(TEXTS)
    def test_many_runs_give_the_same_bytes_as_one(
        self, tmp_path_factory: pytest.TempPathFactory, texts: list[str]
    ) -> None:
        folder = tmp_path_factory.mktemp("segments")
        build_segment(folder / "runs", enumerate(texts))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inversion, "RUN_TOKENS", 10**6)
            build_segment(folder / "whole", enumerate(texts))
        assert (folder / "runs").read_bytes() == (folder / "whole").read_bytes()

    @pytest.mark.usefixtures("tiny_buffers")
    def test_stored_fields_are_read_back(self, tmp_path: Path) -> None:
        reader = build_segment(tmp_path / "segment", enumerate(["كتاب"] * 20))
        assert [reader.stored_fields(docnum) for docnum in (0, 7, 19)] == [
            {"id": "0"},
            {"id": "7"},
            {"id": "19"},
        ]
        assert decode_stored(b"") == {}

    def test_long_doc_values_count_as_memory(self) -> None:
        # A sortable text has its whole text as doc value.
        writer = SegmentWriter(Schema(text=ArabicText(sortable=True)))
        before = writer.ram_bytes_used()
        for letter in "ابت":
            writer.add({"text": letter * 100_000})
        assert writer.ram_bytes_used() - before > 300_000
        writer.close()
