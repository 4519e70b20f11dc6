"""Texts analyzed by other processes: the same segment, and nobody left behind."""

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
# Seconds in which a process that nobody needs must have ended.
PATIENCE = 30.0

Text = tuple[list[str], str]


def _texts(count: int) -> list[Text]:
    """Texts of two fields, the first of no, one or two parts."""
    chance = random.Random(7)

    def text(words: int) -> str:
        return " ".join(
            chance.choice(WORDS) + chance.choice(ENDINGS) for _ in range(words)
        )

    return [
        ([text(3) for _ in range(chance.randrange(3))], text(chance.randrange(60)))
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
        made = SegmentWriter(schema, analysis)
        for number, (title, text) in enumerate(texts):
            made.add({"title": title, "text": text, "id": str(number)})
        made.write(path)
    finally:
        analysis.close()
    return path.read_bytes()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_BATCH_CHARACTERS", 2_000)


class TestProcesses:
    @pytest.mark.usefixtures("small_batches")
    @pytest.mark.parametrize("most_words", [200_000, 5])
    def test_they_write_what_one_process_writes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_words: int
    ) -> None:
        # With few, each of them begins its vocabulary anew with every batch.
        monkeypatch.setattr(analysis_pool, "_MAX_WORKER_WORDS", most_words)
        texts = _texts(300)
        alone = _write(tmp_path / "alone", texts, processes=0)
        assert _write(tmp_path / "helped", texts, processes=3) == alone

    def test_batches_change_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        texts = _texts(50)
        at_once = _write(tmp_path / "at-once", texts, processes=0)
        monkeypatch.setattr(segment_writer, "_BATCH_CHARACTERS", 1)
        assert _write(tmp_path / "one-by-one", texts, processes=0) == at_once

    def test_few_documents_start_none(self, tmp_path: Path) -> None:
        analysis = AnalysisPool(processes=2)
        made = SegmentWriter(Schema(text=ArabicText()), analysis)
        made.add({"text": "كتاب"})
        made.write(tmp_path / "segment")
        assert not _children()

    def test_the_vocabulary_of_one_segment_is_not_that_of_the_next(
        self, tmp_path: Path, small_batches: None
    ) -> None:
        analysis = AnalysisPool(processes=2)
        schema = Schema(text=ArabicText(), text_marked=MarkedWords())
        written = []
        for name in ("first", "second"):
            made = SegmentWriter(schema, analysis)
            for _title, text in _texts(100):
                made.add({"text": text})
            made.write(tmp_path / name)
            written.append((tmp_path / name).read_bytes())
        analysis.close()
        assert written[0] == written[1]


@pytest.mark.slow
class TestDeath:
    def test_one_that_was_killed_is_an_error_with_its_remedy(self) -> None:
        analysis = AnalysisPool(processes=1)
        words = TermIds()
        analysis.submit(words, ["كتاب"])
        [child] = _children()
        os.kill(child, signal.SIGKILL)
        with pytest.raises(IndexUnavailable, match="INDEX_PROCESSES"):
            # The first of them may still be answered.
            for _ in range(3):
                analysis.submit(words, ["قلم"])
        analysis.close()
        assert not _children()

    def test_all_end_when_all_answers_were_asked_for(self) -> None:
        analysis, words = AnalysisPool(processes=2), TermIds()
        for _ in range(3):
            analysis.submit(words, ["كتاب"])
        assert len(list(analysis.iter_all())) == 3
        assert not _children()

    def test_the_first_ends_where_the_second_cannot_begin(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begin = analysis_pool._Worker.__init__

        def begin_once(process: analysis_pool._Worker) -> None:
            if _children():
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
            begin(process)

        monkeypatch.setattr(analysis_pool._Worker, "__init__", begin_once)
        analysis = AnalysisPool(processes=2)
        with pytest.raises(OSError, match="Too many open files") as kept:
            analysis.submit(TermIds(), ["كتاب"])
        assert kept.value.errno == errno.EMFILE
        assert len(_children()) == 1
        analysis.close()
        assert not _children()

    def test_all_end_when_they_are_closed(self) -> None:
        analysis = AnalysisPool(processes=2)
        for _ in range(2):
            analysis.submit(TermIds(), ["كتاب"])
        assert len(_children()) == 2
        analysis.close()
        assert not _children()

    def test_all_end_when_the_process_that_asks_is_killed(self) -> None:
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
        ) as asking:
            assert asking.stdout
            assert asking.stdout.readline() == "ready\n"
            helpers = _children(asking.pid)
            asking.kill()
        assert len(helpers) >= 2
        _wait_for_end(helpers)


def _children(of: int | None = None) -> list[int]:
    """The processes started by *of*, or by this one, to analyze texts."""
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


def _wait_for_end(processes: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{one}/cmdline").exists() for one in processes):
        assert time.monotonic() < deadline, "some did not end"
        time.sleep(0.05)
