"""The indexer beside gunicorn: started again when killed, seen when it hangs."""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.installed import PATIENCE, Installed, Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="children are read from /proc"),
]

# Longer than two beats, shorter than is usual, so that the test need not wait.
_LIMIT = 8


@pytest.fixture
def served(installed: Installed) -> Iterator[Server]:
    installed.variables["READY_MAX_INDEXER_SECONDS"] = str(_LIMIT)
    with installed.serve(workers=1) as server:
        yield server


def _list_indexers(server: Server) -> list[int]:
    """The children of gunicorn that run the indexer."""
    parent = server.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if b"index_worker" in _read_command(pid)]


def _read_command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _is_running(pid: int) -> bool:
    # A zombie has no command line.
    return bool(_read_command(str(pid)))


def _ask(server: Server) -> tuple[int, str]:
    """The status of /readyz, and what it says of the indexer."""
    try:
        with urllib.request.urlopen(f"{server.address}/readyz") as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    return status, json.loads(body)["checks"]["indexer"]


def _wait_until(holds: Callable[[], bool]) -> float:
    """Wait until something holds; returns the seconds that it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.1)
    return time.monotonic() - began


class TestUnderGunicorn:
    def test_killed_indexer_is_replaced_by_one_other(self, served: Server) -> None:
        _wait_until(lambda: _ask(served) == (200, "ok"))
        for _ in range(2):
            (killed,) = _list_indexers(served)
            os.kill(killed, signal.SIGKILL)
            _wait_until(
                lambda killed=killed: _list_indexers(served) not in ([], [killed])
            )
        (running,) = _list_indexers(served)
        _wait_until(lambda: _ask(served) == (200, "ok"))
        assert "It is started again in 1 s." in served.log.read_text()
        assert "It is started again in 2 s." in served.log.read_text()

        # Those who are left behind end by themselves: the parent cannot end them.
        served.process.kill()
        served.process.wait()
        _wait_until(lambda: not _is_running(running))

    def test_hanging_indexer_is_reported_until_it_goes_on(self, served: Server) -> None:
        _wait_until(lambda: _ask(served) == (200, "ok"))
        (indexer,) = _list_indexers(served)
        os.kill(indexer, signal.SIGSTOP)
        try:
            assert _wait_until(lambda: _ask(served) == (503, "silent")) < 60
        finally:
            os.kill(indexer, signal.SIGCONT)
        _wait_until(lambda: _ask(served) == (200, "ok"))
        assert _list_indexers(served) == [indexer]

    def test_reload_starts_no_second_indexer(self, served: Server) -> None:
        _wait_until(lambda: _ask(served) == (200, "ok"))
        before = _list_indexers(served)
        served.process.send_signal(signal.SIGHUP)
        # gunicorn has looked after its workers twice by then.
        time.sleep(2.5)
        assert _list_indexers(served) == before
        assert len(before) == 1


class TestParent:
    def test_indexer_of_a_parent_that_is_gone_does_not_start(
        self, installed: Installed
    ) -> None:
        """The parent may end while the indexer is being set up."""
        parent = installed.start("-c", "")
        parent.communicate()
        installed.manage("index_worker", f"--with-parent={parent.pid}")
