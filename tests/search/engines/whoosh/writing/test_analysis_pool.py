"""Worker processes write the same segment as one process, and end in any case."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from whoosh.fields import Schema

from search.engines.whoosh.schema import ArabicText, MarkedWords, Values
from search.engines.whoosh.writing import analysis_pool, segment_writer
from search.engines.whoosh.writing.analysis_pool import AnalysisPool
from search.engines.whoosh.writing.segment_writer import SegmentWriter
from search.engines.whoosh.writing.vocabulary import TermIds
from search.errors import IndexUnavailable

WORDS = [
    "كتاب",
    "والكتاب",
    "بِكتابٍ",
    "مَكتبة",
    "الوزراء",
    "مجلس",
    "١٩٢٣",
    "Beirut",
    "ـ",
    "قلم",
    "أقلام",
    "مسؤول",
]
ENDINGS = ("", "ات", "ها", "ين")
# Seconds in which a worker must have ended.
PATIENCE = 30.0

Text = tuple[list[str], str]


def _texts(count: int) -> list[Text]:
    """Texts of two fields, the first of up to two parts."""
    rng = random.Random(7)

    def text(words: int) -> str:
        return " ".join(rng.choice(WORDS) + rng.choice(ENDINGS) for _ in range(words))

    return [
        ([text(3) for _ in range(rng.randrange(3))], text(rng.randrange(60)))
        for _ in range(count)
    ]


def _write(path: Path, texts: list[Text], processes: int) -> bytes:
    schema = Schema(
        title=ArabicText(),
        title_marked=MarkedWords(),
        text=ArabicText(),
        text_marked=MarkedWords(),
        id=Values(unique=True),
    )
    analysis = AnalysisPool(processes)
    try:
        writer = SegmentWriter(schema, analysis)
        for number, (title, text) in enumerate(texts):
            writer.add({"title": title, "text": text, "id": str(number)})
        writer.write(path)
    finally:
        analysis.close()
    return path.read_bytes()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_BATCH_CHARACTERS", 2_000)


class TestWorkers:
    @pytest.mark.usefixtures("small_batches")
    @pytest.mark.parametrize("max_words", [200_000, 5])
    def test_three_write_the_same_bytes_as_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, max_words: int
    ) -> None:
        # With few, the ids of each worker start anew with every batch.
        monkeypatch.setattr(analysis_pool, "_MAX_WORKER_WORDS", max_words)
        texts = _texts(300)
        alone = _write(tmp_path / "alone", texts, processes=0)
        assert _write(tmp_path / "helped", texts, processes=3) == alone

    def test_batches_of_one_document_give_the_same_bytes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        texts = _texts(50)
        at_once = _write(tmp_path / "at-once", texts, processes=0)
        monkeypatch.setattr(segment_writer, "_BATCH_CHARACTERS", 1)
        assert _write(tmp_path / "one-by-one", texts, processes=0) == at_once

    def test_few_documents_start_none(self, tmp_path: Path) -> None:
        analysis = AnalysisPool(processes=2)
        writer = SegmentWriter(Schema(text=ArabicText()), analysis)
        writer.add({"text": "كتاب"})
        writer.write(tmp_path / "segment")
        assert not _workers()

    def test_ids_of_one_segment_are_not_used_in_the_next(
        self, tmp_path: Path, small_batches: None
    ) -> None:
        analysis = AnalysisPool(processes=2)
        schema = Schema(text=ArabicText(), text_marked=MarkedWords())
        written = []
        for name in ("first", "second"):
            writer = SegmentWriter(schema, analysis)
            for _title, text in _texts(100):
                writer.add({"text": text})
            writer.write(tmp_path / name)
            written.append((tmp_path / name).read_bytes())
        analysis.close()
        assert written[0] == written[1]


@pytest.mark.slow
class TestEnd:
    def test_a_killed_worker_raises_an_error_with_its_remedy(self) -> None:
        analysis = AnalysisPool(processes=1)
        term_ids = TermIds()
        analysis.submit(term_ids, ["كتاب"])
        [worker] = _await_workers(1)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(IndexUnavailable, match="INDEX_PROCESSES"):
            # The result of the first batch may have been sent before.
            for _ in range(3):
                analysis.submit(term_ids, ["قلم"])
        analysis.close()
        assert not _workers()

    def test_workers_end_when_all_results_are_read(self) -> None:
        analysis, term_ids = AnalysisPool(processes=2), TermIds()
        for _ in range(3):
            analysis.submit(term_ids, ["كتاب"])
        assert len(list(analysis.iter_all())) == 3
        assert not _workers()

    def test_the_first_worker_ends_when_the_second_fails_to_start(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start = analysis_pool._Worker.__init__
        started: list[analysis_pool._Worker] = []

        def start_once(worker: analysis_pool._Worker) -> None:
            if started:
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
            start(worker)
            started.append(worker)

        monkeypatch.setattr(analysis_pool._Worker, "__init__", start_once)
        analysis = AnalysisPool(processes=2)
        with pytest.raises(OSError, match="Too many open files") as raised:
            analysis.submit(TermIds(), ["كتاب"])
        assert raised.value.errno == errno.EMFILE
        assert len(_await_workers(1)) == 1
        analysis.close()
        assert not _workers()

    def test_workers_end_when_the_pool_is_closed(self) -> None:
        analysis = AnalysisPool(processes=2)
        for _ in range(2):
            analysis.submit(TermIds(), ["كتاب"])
        assert len(_await_workers(2)) == 2
        analysis.close()
        assert not _workers()

    def test_workers_end_when_their_parent_is_killed(self) -> None:
        program = (
            "import time\n"
            "from search.engines.whoosh.writing.analysis_pool import AnalysisPool\n"
            "from search.engines.whoosh.writing.vocabulary import TermIds\n"
            "if __name__ == '__main__':\n"
            "    analysis = AnalysisPool(2)\n"
            "    for _ in range(2):\n"
            "        analysis.submit(TermIds(), ['كتاب'])\n"
            "    print('ready', flush=True)\n"
            "    time.sleep(600)\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
        ) as parent:
            assert parent.stdout
            assert parent.stdout.readline() == "ready\n"
            workers = _await_workers(2, parent.pid)
            parent.kill()
        assert len(workers) >= 2
        _wait_for_end(workers)


def _workers(of: int | None = None) -> list[int]:
    """The ids of the worker processes of the process *of*, or of this one."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            command = (stat.parent / "cmdline").read_text()
        except OSError:
            continue
        is_child = int(parent) == (of or os.getpid()) and state != "Z"
        if is_child and "spawn_main" in command:
            found.append(int(stat.parent.name))
    return found


def _await_workers(count: int, of: int | None = None) -> list[int]:
    """The same, once there are *count*.

    A process is known by its program, which it executes a moment after its start.
    """
    deadline = time.monotonic() + PATIENCE
    while len(workers := _workers(of)) < count:
        assert time.monotonic() < deadline, "a worker did not start"
        time.sleep(0.05)
    return workers


def _wait_for_end(processes: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{each}/cmdline").exists() for each in processes):
        assert time.monotonic() < deadline, "a worker did not end"
        time.sleep(0.05)
