"""Documents put in, replaced and taken out, however little memory there is."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import TOC

from search.engines.whoosh.writing import index_writer, segment_writer
from search.engines.whoosh.writing.index_writer import IndexWriter, WriterLimits
from tests.search.text_index import TextIndex, make_document

WORDS = ("كتاب", "قلم", "بيت")
STEPS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 5), st.sampled_from(WORDS)), max_size=25
)


class TestArrayWriter:
    # Each example makes commits.
    @settings(max_examples=settings().max_examples // 4)
    @given(commits=st.lists(STEPS, min_size=1, max_size=3), is_small=st.booleans())
    def test_the_last_version_of_each_is_found(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        monkeypatch: pytest.MonkeyPatch,
        commits: list[list[tuple[bool, int, str]]],
        is_small: bool,
    ) -> None:
        # Each document fills what is allowed, or none does.
        monkeypatch.setattr(
            index_writer, "_MIN_BUFFER_BYTES", 1 if is_small else 1 << 25
        )
        monkeypatch.setattr(segment_writer, "_DOCS_PER_MEASURE", 1)
        index = TextIndex(tmp_path_factory.mktemp("index"), [])
        expected: dict[int, str] = {}
        for steps in commits:
            _apply(index, steps, expected)
        for word in WORDS:
            held = {number for number, text in expected.items() if text == word}
            assert index.find(word) == held

    def test_memory_ends_a_segment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index_writer, "_MIN_BUFFER_BYTES", 1)
        # However few documents there are: each is as much text as is handed away.
        monkeypatch.setattr(segment_writer, "_BATCH_CHARACTERS", 1)
        index = TextIndex(tmp_path, [])
        _apply(index, [(True, number, "كتاب") for number in range(1, 5)], {})
        assert len(index.snapshot.segments) == 4

    def test_a_writer_that_cannot_begin_leaves_the_lock(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        live = TextIndex(tmp_path, ["كتاب"]).engine.store.live_index()

        def fail(*_given: object) -> TOC:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        with monkeypatch.context() as patch:
            patch.setattr(TOC, "read", fail)
            with pytest.raises(OSError, match="Input/output error") as kept:
                IndexWriter(live, unique="id", timeout=0)
        IndexWriter(live, unique="id", timeout=0).cancel()
        # As long as the error is kept, so is the writer, with a lock that it holds.
        assert kept.value.errno == errno.EIO


def _apply(
    index: TextIndex, steps: list[tuple[bool, int, str]], expected: dict[int, str]
) -> None:
    """One commit: put the word in as the document of the number, or take that out."""
    live = index.engine.store.live_index()
    limits = WriterLimits(memory_mb=0)
    with IndexWriter(live, unique="id", limits=limits, max_merge_docs=0) as made:
        for is_kept, number, word in steps:
            document = make_document(number, word)
            if is_kept:
                made.update_document(document)
                expected[number] = word
            else:
                made.delete("id", document["id"])
                expected.pop(number, None)
