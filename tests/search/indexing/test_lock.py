"""The indexer's lock between processes."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import override_settings

from search.indexing.lock import LOCK_FILE, IndexerBusy, indexer_lock

_HOLDER = """
import sys
from filelock import FileLock
lock = FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "not" / "made"
    with override_settings(DATA_DIR=folder):
        yield folder


@contextmanager
def held_elsewhere(data_dir: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock until its input ends or it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(data_dir / LOCK_FILE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


def is_free() -> bool:
    try:
        with indexer_lock():
            return True
    except IndexerBusy:
        return False


class TestIndexerLock:
    def test_lock_held_by_another_process_is_busy(self, data_dir: Path) -> None:
        with held_elsewhere(data_dir):
            assert not is_free()

    def test_killed_process_gives_the_lock_up(self, data_dir: Path) -> None:
        with held_elsewhere(data_dir) as holder:
            holder.kill()
            holder.wait()
            assert is_free()

    def test_waiter_gets_the_lock_when_the_holder_is_killed(
        self, data_dir: Path
    ) -> None:
        with held_elsewhere(data_dir) as holder:
            threading.Timer(0.2, holder.kill).start()
            started = time.monotonic()
            with indexer_lock(wait=True):
                assert time.monotonic() - started > 0.1

    def test_lock_is_not_reentrant(self) -> None:
        with indexer_lock():
            assert not is_free()
        assert is_free()

    def test_lock_is_free_after_an_error(self) -> None:
        with pytest.raises(RuntimeError), indexer_lock():
            raise RuntimeError
        assert is_free()

    def test_lock_file_that_cannot_be_opened_is_an_error_and_not_busy(
        self, data_dir: Path
    ) -> None:
        (data_dir / LOCK_FILE).mkdir(parents=True)
        with pytest.raises(OSError, match="directory"), indexer_lock():
            pass
