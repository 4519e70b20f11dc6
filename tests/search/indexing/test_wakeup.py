"""The pipe on which the indexer waits, and what who saves learns from it."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from search.indexing import outbox
from search.indexing.heartbeat import HEARTBEAT_FILE, beat
from search.indexing.indexer import DrainResult, try_index_now
from search.indexing.wakeup import WAKEUP_FILE, Wakeup, wake_indexer, waking
from search.management.commands import index_worker

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no named pipes in folders"
)

# Longer than any test may take.
EVER = 10_000.0
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def indexer() -> Iterator[Wakeup]:
    beat()
    with waking() as wakeup:
        yield wakeup


class TestWaking:
    def test_indexer_that_waits_is_woken(self, indexer: Wakeup) -> None:
        woken = threading.Event()

        def wait() -> None:
            indexer.wait(EVER)
            woken.set()

        threading.Thread(target=wait, daemon=True).start()
        assert wake_indexer()
        assert woken.wait(PATIENCE)

    def test_save_before_the_wait_ends_it(self, indexer: Wakeup) -> None:
        assert wake_indexer()
        assert wake_indexer()
        indexer.wait(EVER)
        # Both are answered by one look at the outbox.
        began = time.monotonic()
        indexer.wait(0.05)
        assert time.monotonic() - began >= 0.05

    def test_full_pipe_is_no_error(self, indexer: Wakeup, data_dir: Path) -> None:
        pipe = os.open(data_dir / WAKEUP_FILE, os.O_WRONLY | os.O_NONBLOCK)
        with pytest.raises(BlockingIOError):
            while True:
                os.write(pipe, bytes(4096))
        os.close(pipe)
        assert wake_indexer()
        indexer.wait(EVER)

    def test_pipe_is_for_the_sites_account_alone(
        self, indexer: Wakeup, data_dir: Path
    ) -> None:
        assert (data_dir / WAKEUP_FILE).stat().st_mode & 0o777 == 0o600


class TestNobodyToWake:
    def test_without_an_indexer_ever(self) -> None:
        assert not wake_indexer()

    def test_indexer_that_has_ended(self) -> None:
        beat()
        with waking():
            pass
        assert not wake_indexer()

    @pytest.mark.parametrize("written", ["", "soon", "1.00", "99999999999.00"])
    def test_indexer_that_gives_no_sign(
        self, indexer: Wakeup, data_dir: Path, written: str
    ) -> None:
        (data_dir / HEARTBEAT_FILE).write_text(written)
        assert not wake_indexer()

    def test_place_that_takes_no_pipe(self, data_dir: Path) -> None:
        (data_dir / WAKEUP_FILE).mkdir()
        beat()
        with waking() as wakeup:
            wakeup.wait(0.01)
            assert not wake_indexer()


@pytest.mark.django_db
class TestSaving:
    def test_living_indexer_is_left_the_rows(self, indexer: Wakeup) -> None:
        outbox.enqueue([1])
        try_index_now()
        assert outbox.count_rows() == 1
        indexer.wait(EVER)


@pytest.mark.django_db
class TestWorker:
    def test_it_looks_again_when_it_is_woken(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looks: list[object] = []

        def look(**_options: object) -> DrainResult:
            looks.append(None)
            if len(looks) == 2:
                raise KeyboardInterrupt
            # While it looks, so that it must not wait after that.
            assert wake_indexer()
            return DrainResult()

        monkeypatch.setattr(index_worker, "drain", look)
        late = threading.Timer(PATIENCE, os.kill, (os.getpid(), signal.SIGINT))
        late.start()
        call_command("index_worker", interval=EVER)
        late.cancel()
        assert len(looks) == 2
