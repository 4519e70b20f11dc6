"""The queue of writers between threads and processes. No test measures time."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.sqlite import write_queue as module
from config.sqlite.write_queue import QueueTimeout, WriteQueue, write_queue
from tests.sources import BASE_DIR

PATIENCE = 60.0

_WRITER = """
import sys
from pathlib import Path
from config.sqlite.write_queue import write_queue
queue = write_queue(Path(sys.argv[1]))
queue.acquire(60)
with open(sys.argv[2], "a") as order:
    order.write(sys.argv[3] + " ")
print("turn", flush=True)
sys.stdin.read()
queue.release()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite3"


@pytest.fixture
def order(tmp_path: Path) -> Path:
    return tmp_path / "order"


def last_ticket(database: Path) -> int:
    # Opened once a process: who closes the file loses the locks.
    return int.from_bytes(os.pread(write_queue(database)._open(), 8, 0))


def wait_until(is_so: Callable[[], bool]) -> None:
    waited = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if is_so():
            return
        waited.wait(0.01)
    raise AssertionError("It never came.")


@contextmanager
def writer(database: Path, order: Path, name: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that has drawn a ticket and holds its turn until its input ends."""
    before = last_ticket(database)
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(database), str(order), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=BASE_DIR,
    ) as process:
        try:
            wait_until(lambda: last_ticket(database) > before)
            yield process
        finally:
            process.kill()


def wait_for_turn(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "turn\n"


def end(process: "subprocess.Popen[str]") -> None:
    process.communicate()
    assert process.returncode == 0


class TestOrder:
    def test_processes_come_in_the_order_of_their_asking(
        self, database: Path, order: Path
    ) -> None:
        with (
            writer(database, order, "first") as first,
            writer(database, order, "second") as second,
            writer(database, order, "third") as third,
        ):
            for process in (first, second, third):
                wait_for_turn(process)
                end(process)
        assert order.read_text().split() == ["first", "second", "third"]

    def test_threads_and_processes_come_in_one_order(
        self, database: Path, order: Path
    ) -> None:
        queue = write_queue(database)

        def write(name: str) -> None:
            queue.acquire(PATIENCE)
            with order.open("a") as written:
                written.write(f"{name} ")
            queue.release()

        def start(name: str) -> threading.Thread:
            before = last_ticket(database)
            thread = threading.Thread(target=write, args=(name,))
            thread.start()
            wait_until(lambda: last_ticket(database) > before)
            return thread

        queue.acquire(PATIENCE)
        threads = [start("thread-1")]
        with writer(database, order, "process") as process:
            threads.append(start("thread-2"))
            queue.release()
            end(process)
        for thread in threads:
            thread.join(PATIENCE)
        assert order.read_text().split() == ["thread-1", "process", "thread-2"]

    def test_who_asks_again_stands_at_the_end(
        self, database: Path, order: Path
    ) -> None:
        queue = write_queue(database)
        queue.acquire(PATIENCE)
        with writer(database, order, "other") as other:
            queue.release()
            end_of_other = threading.Thread(target=end, args=(other,))
            end_of_other.start()
            queue.acquire(PATIENCE)
            assert order.read_text().split() == ["other"]
            queue.release()
            end_of_other.join(PATIENCE)


class TestDeath:
    def test_killed_holder_leaves_the_turn_to_the_next(
        self, database: Path, order: Path
    ) -> None:
        with (
            writer(database, order, "killed") as killed,
            writer(database, order, "next") as following,
        ):
            wait_for_turn(killed)
            killed.kill()
            wait_for_turn(following)

    def test_killed_waiter_lets_nobody_pass_the_holder(
        self, database: Path, order: Path
    ) -> None:
        with (
            writer(database, order, "holder") as holder,
            writer(database, order, "killed") as killed,
            writer(database, order, "last") as last,
        ):
            wait_for_turn(holder)
            killed.kill()
            killed.wait()
            with pytest.raises(QueueTimeout):
                write_queue(database).acquire(0.1)
            assert order.read_text().split() == ["holder"]
            end(holder)
            wait_for_turn(last)

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="nobody forks here")
    def test_child_has_not_the_turn_of_its_parent(self, database: Path) -> None:
        queue = write_queue(database)
        queue.acquire(PATIENCE)
        child = os.fork()
        if not child:
            try:
                write_queue(database).acquire(0.05)
            except QueueTimeout:
                os._exit(0)
            os._exit(1)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        queue.release()
        assert status == 0


class TestOneThread:
    def test_turn_within_a_turn_is_no_wait(self, database: Path) -> None:
        queue = write_queue(database)
        queue.acquire(PATIENCE)
        queue.acquire(0)
        queue.release()
        assert queue.is_held()
        queue.release()
        assert not queue.is_held()

    def test_release_without_a_turn_does_nothing(self, database: Path) -> None:
        write_queue(database).release()

    def test_thread_that_gives_up_leaves_the_queue(
        self, database: Path, order: Path
    ) -> None:
        queue = write_queue(database)
        with writer(database, order, "holder") as holder:
            wait_for_turn(holder)
            for _ in range(2):
                with pytest.raises(QueueTimeout):
                    queue.acquire(0.05)
            with writer(database, order, "next") as following:
                end(holder)
                wait_for_turn(following)
        assert not queue.is_held()


class TestUnusableFiles:
    def test_queue_that_cannot_be_opened_keeps_nobody_waiting(
        self, database: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        database.with_name(database.name + module.SUFFIX).mkdir()
        queue = write_queue(database)
        for _ in range(2):
            queue.acquire(0)
            queue.release()
        assert caplog.text.count("without an order") == 1

    @pytest.mark.parametrize("content", [b"\xff" * 20, b"x", b""])
    def test_any_content_of_the_file_gives_tickets(
        self, database: Path, content: bytes
    ) -> None:
        file = database.with_name(database.name + module.SUFFIX)
        file.write_bytes(content)
        queue = WriteQueue(file)
        for _ in range(2):
            queue.acquire(0)
            assert queue.is_held()
            queue.release()
