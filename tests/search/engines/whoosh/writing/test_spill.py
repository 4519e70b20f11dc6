"""What is gathered in files, and sorted in runs, is what memory would have held."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import compress
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.fields import Schema

from search.engines.whoosh.codec import chunks, stored_fields
from search.engines.whoosh.codec.segment_reader import SegmentReader
from search.engines.whoosh.schema import ArabicText, MarkedWords, Values
from search.engines.whoosh.writing import inversion, segment_writer, spill, word_records
from search.engines.whoosh.writing.index_writer import IndexWriter
from search.engines.whoosh.writing.inversion import TokenBuffer, rank_terms
from search.engines.whoosh.writing.merger import merge_segments
from search.engines.whoosh.writing.segment_writer import SegmentWriter
from search.engines.whoosh.writing.spill import SpillFolder
from search.engines.whoosh.writing.term_merger import MergeSource
from tests.search.text_index import TextIndex, make_document

WORDS = ("كتاب", "والكتاب", "كِتاب", "مكتبة", "مكتبه", "قلم", "أقلام", "بيروت")
# For each document the terms of its parts, and where each part begins.
DOCUMENTS = st.lists(
    st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=3), max_size=12
)
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=12
)
GAP = 10
# The share of documents that are not deleted.
_LIVING = 0.7
# Each example writes segments with files.
_EXAMPLES = settings(max_examples=settings().max_examples // 5)


@pytest.fixture(params=[1, 2, 7, 500_000], ids="stretch-{}".format)
def stretch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few tokens are sorted at a time, or all of them."""
    monkeypatch.setattr(inversion, "RUN_TOKENS", request.param)


@pytest.fixture
def tiny_spools(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is gathered goes to files, and is read in the smallest pieces."""
    monkeypatch.setattr(spill, "_MAX_MEMORY", 1)
    for module in (chunks, spill, inversion):
        monkeypatch.setattr(module, "CHUNK", 8)


class TestSpool:
    @given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=30), max_size=8))
    def test_it_has_what_was_put_in(self, batches: list[list[int]]) -> None:
        made = SpillFolder()
        spool, expected = made.new_buffer(np.uint32), []
        for batch in batches:
            spool.append(np.array(batch, np.int64))
            expected += batch
            # Reading does not move where the next are put.
            assert spool.read(0, len(batch)).tolist() == expected[: len(batch)]
        assert spool.chunks().join().tolist() == expected
        made.close()

    @pytest.mark.usefixtures("tiny_spools")
    def test_no_file_has_a_name(self, tmp_path: Path) -> None:
        made = SpillFolder(tmp_path)
        buffer = made.new_buffer(np.uint32)
        buffer.append(np.arange(1000))
        assert not list(tmp_path.iterdir())
        # It is in a file of that folder all the same.
        assert any(target.parent == tmp_path for target in _open_files())
        assert buffer.chunks().join().tolist() == list(range(1000))
        made.close()


def _open_files() -> Iterator[Path]:
    for one in Path("/proc/self/fd").iterdir():
        # What lists them is closed by then.
        with suppress(FileNotFoundError):
            yield one.readlink()


class TestTokenStream:
    @pytest.mark.usefixtures("stretch", "tiny_spools")
    @_EXAMPLES
    @given(DOCUMENTS, st.permutations(range(6)), st.booleans())
    def test_tokens_come_by_list_document_and_position(
        self, documents: list[list[list[int]]], lists: list[int], one_by_one: bool
    ) -> None:
        # One of the terms is in no list.
        lists = [-1 if number == 5 else number for number in lists]
        stream = TokenBuffer(SpillFolder())
        expected = []
        for document, parts in enumerate(documents):
            position = 0
            for part in parts:
                if one_by_one:
                    stream.add(part, position=position)
                for at, term in enumerate(part):
                    expected.append((lists[term], document, position + at))
                position += len(part) + (GAP if part else 0)
            if one_by_one:
                stream.end_document()
        if not one_by_one:
            _extend(stream, documents)
        found = [
            token
            for tokens in stream.iter_sorted(np.array(lists), 5)
            for token in zip(*(column.tolist() for column in tokens), strict=True)
        ]
        assert found == sorted(token for token in expected if token[0] >= 0)
        sizes = [sum(map(len, parts)) for parts in documents]
        assert stream.lengths.tolist() == sizes


def _extend(stream: TokenBuffer, documents: list[list[list[int]]]) -> None:
    parts = [part for document in documents for part in document]
    stream.extend(
        np.array([term for part in parts for term in part], np.uint32),
        np.array([len(part) for part in parts], np.uint32),
        np.array([len(document) for document in documents], np.int64),
        gap=GAP,
    )


class TestRankTerms:
    @given(st.lists(st.binary(max_size=3)))
    def test_ranks_are_those_among_the_distinct(self, terms: list[bytes]) -> None:
        distinct, ranks = rank_terms(terms)
        assert distinct == sorted(set(terms))
        assert [distinct[rank] for rank in ranks.tolist()] == terms


def _schema() -> Schema:
    return Schema(
        text=ArabicText(),
        text_marked=MarkedWords(),
        id=Values(unique=True, stored=True),
    )


def _build(path: Path, texts: Iterable[tuple[int, str]]) -> SegmentReader:
    made = SegmentWriter(_schema())
    for number, text in texts:
        made.add({"text": text, "id": str(number), "number": number})
    made.write(path)
    made.close()
    return SegmentReader(path)


class TestSegment:
    @pytest.mark.usefixtures("stretch")
    @_EXAMPLES
    @given(TEXTS)
    def test_files_and_runs_change_nothing(
        self, tmp_path_factory: pytest.TempPathFactory, texts: list[str]
    ) -> None:
        folder = tmp_path_factory.mktemp("segments")
        _build(folder / "small", enumerate(texts))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inversion, "RUN_TOKENS", 10**6)
            _build(folder / "whole", enumerate(texts))
        assert (folder / "small").read_bytes() == (folder / "whole").read_bytes()

    @pytest.mark.usefixtures("stretch", "tiny_spools")
    @_EXAMPLES
    @given(st.lists(TEXTS, min_size=1, max_size=3), st.randoms(use_true_random=False))
    def test_merged_segments_are_the_segment_of_what_lives(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        texts: list[list[str]],
        random: Random,
    ) -> None:
        folder = tmp_path_factory.mktemp("segments")
        parts: list[MergeSource] = []
        living: list[tuple[int, str]] = []
        for at, some in enumerate(texts):
            numbered = [(100 * at + place, text) for place, text in enumerate(some)]
            alive = [random.random() < _LIVING for _text in some]
            data = _build(folder / f"part{at}", numbered)
            parts.append(MergeSource(data, np.array(alive, bool)))
            living += compress(numbered, alive)
        _build(folder / "whole", living)
        count = merge_segments(_schema(), parts, folder / "merged")
        assert count == len(living)
        assert _read(folder / "merged") == _read(folder / "whole")

    @pytest.mark.usefixtures("tiny_spools")
    def test_of_two_analyzers_the_later_tells_the_families(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        texts = [" ".join(WORDS), "بيت " + " ".join(WORDS[::-1])]
        with monkeypatch.context() as patch:
            patch.setattr(segment_writer, "ANALYZER_VERSION", 1)
            # A version to which every word is its own family.
            patch.setattr(word_records, "stem", str)
            old = _build(tmp_path / "old", enumerate(texts[:1]))
        new = _build(tmp_path / "new", enumerate(texts[1:], 1))
        parts = [MergeSource(data, np.ones(1, bool)) for data in (old, new)]
        merge_segments(_schema(), parts, tmp_path / "merged")
        _build(tmp_path / "whole", enumerate(texts))
        merged, whole = _read(tmp_path / "merged"), _read(tmp_path / "whole")
        # It says itself that it is to be built again.
        assert (merged.pop("analyzer"), whole.pop("analyzer") > 1) == (1, True)
        assert merged == whole

    @pytest.mark.usefixtures("tiny_spools")
    def test_what_was_merged_of_two_analyzers_is_merged_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def build_old(name: str, text: str, number: int) -> SegmentReader:
            with monkeypatch.context() as patch:
                patch.setattr(segment_writer, "ANALYZER_VERSION", 1)
                patch.setattr(word_records, "stem", str)
                return _build(tmp_path / name, [(number, text)])

        def merge(name: str, *parts: SegmentReader) -> SegmentReader:
            living = [MergeSource(part, np.ones(part.max_doc, bool)) for part in parts]
            merge_segments(_schema(), living, tmp_path / name)
            return SegmentReader(tmp_path / name)

        new = _build(tmp_path / "new", [(1, "والكتاب")])
        first = merge("first", build_old("one", "بيت", 0), new)
        # It says that it is of the oldest version, and has families of the newest.
        both = merge("both", first, build_old("two", "والكتاب", 2))
        field = both.field("text")
        assert field
        assert [term.decode() for term in field.terms] == ["بيت", "والكتاب"]
        assert field.docs(field.find("والكتاب".encode())).tolist() == [1, 2]


def _read(path: Path) -> dict[str, Any]:
    """All that is in a segment but spellings, which merging knows by segments only."""
    data = SegmentReader(path)
    return {
        name: data.file.array(name).tolist()
        for name in data.file.names()
        if "/spel" not in name
    } | data.file.metadata


class TestStored:
    @pytest.mark.usefixtures("tiny_spools")
    def test_what_was_stored_is_read(self, tmp_path: Path) -> None:
        data = _build(tmp_path / "segment", enumerate(["كتاب"] * 20))
        assert [data.stored_fields(at) for at in (0, 7, 19)] == [
            {"id": "0"},
            {"id": "7"},
            {"id": "19"},
        ]
        assert stored_fields.decode_stored(b"") == {}


class TestMeasure:
    def test_long_values_count(self) -> None:
        # A sortable text of Haystack's is a column of whole texts.
        made = SegmentWriter(Schema(text=ArabicText(sortable=True)))
        before = made.ram_bytes_used()
        for letter in "ابت":
            made.add({"text": letter * 100_000})
        assert made.ram_bytes_used() - before > 300_000
        made.close()


class TestFullDisk:
    @pytest.mark.usefixtures("tiny_spools")
    def test_nothing_stays_and_the_index_goes_on(self, tmp_path: Path) -> None:
        index = TextIndex(tmp_path, ["كتاب"])
        live = index.engine.store.live_index()
        before, held = sorted(tmp_path.rglob("*")), set(_open_files())
        with (
            pytest.raises(OSError, match="File too large"),
            _small_files(),
            IndexWriter(live, unique="id") as made,
        ):
            for number in range(2, 2000):
                made.update_document(make_document(number, "قلم"))
            pytest.fail("All of it was gathered.")
        assert sorted(tmp_path.rglob("*")) == before
        assert set(_open_files()) <= held
        with IndexWriter(live, unique="id") as made:
            made.update_document(make_document(2, "قلم"))
        assert (index.find("كتاب"), index.find("قلم")) == ({1}, {2})


@contextmanager
def _small_files() -> Iterator[None]:
    """No file may be larger than one block, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource", reason="Windows sets no such limits.")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
