"""Documents are added, replaced and deleted, however little memory there is."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import TOC

from search.engines.whoosh.writing import index_writer, segment_writer
from search.engines.whoosh.writing.index_writer import IndexWriter, WriterLimits
from tests.search.engines.whoosh.writing.open_files import open_files
from tests.search.text_index import TextIndex, make_document

WORDS = ("كتاب", "قلم", "بيت")
# Whether to add or delete, the number of the document, and its text.
Step = tuple[bool, int, str]
STEPS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 5), st.sampled_from(WORDS)), max_size=25
)


class TestIndexWriter:
    # Each example makes commits.
    @settings(max_examples=settings().max_examples // 4)
    @given(commits=st.lists(STEPS, min_size=1, max_size=3), is_small=st.booleans())
    def test_the_last_version_of_each_document_is_found(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        monkeypatch: pytest.MonkeyPatch,
        commits: list[list[Step]],
        is_small: bool,
    ) -> None:
        # Each document fills the buffer, or none does.
        monkeypatch.setattr(
            index_writer, "_MIN_BUFFER_BYTES", 1 if is_small else 1 << 25
        )
        monkeypatch.setattr(segment_writer, "_DOCS_PER_MEASURE", 1)
        index = TextIndex(tmp_path_factory.mktemp("index"), [])
        expected: dict[int, str] = {}
        for steps in commits:
            _commit(index, steps, expected)
        for word in WORDS:
            numbers = {number for number, text in expected.items() if text == word}
            assert index.find(word) == numbers

    def test_a_full_buffer_is_flushed_to_a_segment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index_writer, "_MIN_BUFFER_BYTES", 1)
        # The memory is measured after each batch, which each document is here.
        monkeypatch.setattr(segment_writer, "_BATCH_CHARACTERS", 1)
        index = TextIndex(tmp_path, [])
        _commit(index, [(True, number, "كتاب") for number in range(1, 5)], {})
        assert len(index.snapshot.segments) == 4

    def test_a_failed_start_releases_the_lock(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        live = TextIndex(tmp_path, ["كتاب"]).engine.store.live_index()

        def fail(*_args: object) -> TOC:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        with monkeypatch.context() as patch:
            patch.setattr(TOC, "read", fail)
            with pytest.raises(OSError, match="Input/output error") as raised:
                IndexWriter(live, unique="id", timeout=0)
        IndexWriter(live, unique="id", timeout=0).cancel()
        # The error keeps the writer alive, whose lock would otherwise be freed anyway.
        assert raised.value.errno == errno.EIO


def _commit(index: TextIndex, steps: list[Step], expected: dict[int, str]) -> None:
    """Make one commit of *steps*; *expected* has the text of each document then."""
    live = index.engine.store.live_index()
    limits = WriterLimits(memory_mb=0)
    with IndexWriter(live, unique="id", limits=limits, max_merge_docs=0) as writer:
        for is_added, number, word in steps:
            document = make_document(number, word)
            if is_added:
                writer.update_document(document)
                expected[number] = word
            else:
                writer.delete("id", document["id"])
                expected.pop(number, None)


class TestFullDisk:
    @pytest.mark.usefixtures("tiny_buffers")
    def test_nothing_is_left_and_the_index_stays_usable(self, tmp_path: Path) -> None:
        index = TextIndex(tmp_path, ["كتاب"])
        live = index.engine.store.live_index()
        paths, files = sorted(tmp_path.rglob("*")), set(open_files())
        with (
            pytest.raises(OSError, match="File too large"),
            _small_files(),
            IndexWriter(live, unique="id") as writer,
        ):
            for number in range(2, 2000):
                writer.update_document(make_document(number, "قلم"))
            pytest.fail("All documents were buffered.")
        assert sorted(tmp_path.rglob("*")) == paths
        assert set(open_files()) <= files
        with IndexWriter(live, unique="id") as writer:
            writer.update_document(make_document(2, "قلم"))
        assert (index.find("كتاب"), index.find("قلم")) == ({1}, {2})


@contextmanager
def _small_files() -> Iterator[None]:
    """Limit files to one block, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource", reason="Windows sets no such limits.")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
