"""A merged segment is the segment of the live documents."""

from itertools import compress
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.arabic.analyzer import ANALYZER_VERSION
from search.arabic.families import Family
from search.arabic.lexicon import installed
from search.engines.whoosh.codec.segment_reader import SegmentReader
from search.engines.whoosh.writing import segment_writer, word_records
from search.engines.whoosh.writing.merger import merge_segments
from search.engines.whoosh.writing.term_merger import MergeSource
from tests.search.engines.whoosh.writing.segments import (
    TEXTS,
    WORDS,
    build_segment,
    read_sections,
    schema,
)

# The share of documents that are not deleted.
_LIVE = 0.7


class TestMergeSegments:
    @pytest.mark.usefixtures("run_tokens", "tiny_buffers")
    # Each example writes several segments.
    @settings(max_examples=settings().max_examples // 5)
    @given(st.lists(TEXTS, min_size=1, max_size=3), st.randoms(use_true_random=False))
    def test_sections_are_those_of_the_live_documents(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        texts: list[list[str]],
        random: Random,
    ) -> None:
        folder = tmp_path_factory.mktemp("segments")
        sources: list[MergeSource] = []
        live: list[tuple[int, str]] = []
        for number, some in enumerate(texts):
            numbered = [(100 * number + at, text) for at, text in enumerate(some)]
            is_live = [random.random() < _LIVE for _text in some]
            reader = build_segment(folder / f"source{number}", numbered)
            sources.append(MergeSource(reader, np.array(is_live, bool)))
            live += compress(numbered, is_live)
        build_segment(folder / "whole", live)
        count = merge_segments(schema(), sources, folder / "merged")
        assert count == len(live)
        assert read_sections(folder / "merged") == read_sections(folder / "whole")

    @pytest.mark.usefixtures("tiny_buffers")
    def test_families_are_those_of_the_latest_analyzer(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        texts = [" ".join(WORDS), "بيت " + " ".join(WORDS[::-1])]
        with monkeypatch.context() as patch:
            _use_old_analyzer(patch)
            old = build_segment(tmp_path / "old", enumerate(texts[:1]))
        new = build_segment(tmp_path / "new", enumerate(texts[1:], 1))
        sources = [MergeSource(reader, np.ones(1, bool)) for reader in (old, new)]
        merge_segments(schema(), sources, tmp_path / "merged")
        build_segment(tmp_path / "whole", enumerate(texts))
        merged = read_sections(tmp_path / "merged")
        whole = read_sections(tmp_path / "whole")
        # The version is the oldest, so that the index is known to be out of date.
        assert (merged.pop("analyzer"), whole.pop("analyzer") > 1) == (1, True)
        assert merged == whole

    @pytest.mark.usefixtures("tiny_buffers")
    def test_families_are_those_of_the_lexicon_in_use(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A lexicon without these words, whose segments are stamped with this version.
        with monkeypatch.context() as patch:
            _use_old_analyzer(patch)
            patch.setattr(segment_writer, "ANALYZER_VERSION", ANALYZER_VERSION)
            patch.setattr(installed.current(), "digest", "")
            old = build_segment(tmp_path / "old", [(0, "والكتاب بيت")])
        new = build_segment(tmp_path / "new", [(1, "والكتاب")])
        sources = [MergeSource(reader, np.ones(1, bool)) for reader in (old, new)]
        merge_segments(schema(), sources, tmp_path / "merged")
        merged = SegmentReader(tmp_path / "merged").field("text")
        assert merged
        assert [term.decode() for term in merged.terms] == ["بيت", "والكتاب"]
        assert merged.docs(merged.find("والكتاب".encode())).tolist() == [0, 1]

    @pytest.mark.usefixtures("tiny_buffers")
    def test_merged_segments_of_two_analyzers_are_merged_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def build_old(name: str, text: str, number: int) -> SegmentReader:
            with monkeypatch.context() as patch:
                _use_old_analyzer(patch)
                return build_segment(tmp_path / name, [(number, text)])

        def merge(name: str, *readers: SegmentReader) -> SegmentReader:
            sources = [
                MergeSource(reader, np.ones(reader.max_doc, bool)) for reader in readers
            ]
            merge_segments(schema(), sources, tmp_path / name)
            return SegmentReader(tmp_path / name)

        new = build_segment(tmp_path / "new", [(1, "والكتاب")])
        first = merge("first", build_old("one", "بيت", 0), new)
        # Its version is the oldest, and it has families of the newest.
        both = merge("both", first, build_old("two", "والكتاب", 2))
        field = both.field("text")
        assert field
        assert [term.decode() for term in field.terms] == ["بيت", "والكتاب"]
        assert field.docs(field.find("والكتاب".encode())).tolist() == [1, 2]


def _use_old_analyzer(patch: pytest.MonkeyPatch) -> None:
    """Make each word its own family, by an older version of the analyzer."""
    patch.setattr(segment_writer, "ANALYZER_VERSION", 1)
    patch.setattr(
        word_records,
        "find_families",
        lambda words, surfaces: [Family((each,), (each,)) for each in surfaces],
    )
