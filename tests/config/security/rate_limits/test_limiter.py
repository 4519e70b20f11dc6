"""The rate limiter, in one process and in several."""

import errno
import multiprocessing
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.security.rate_limits import limiter as module
from config.security.rate_limits.limiter import FILE_SIZE, RateLimiter
from config.security.rate_limits.rates import Rate

NOW = 1_700_000_000.0
RATE = Rate(3, 60)


@pytest.fixture
def limiter(tmp_path: Path) -> Iterator[RateLimiter]:
    opened = RateLimiter(tmp_path / "counts", key="k")
    yield opened
    opened.close()


def _hit(
    limiter: RateLimiter, count: int, *, now: float, client: str = "reader"
) -> list[bool]:
    """Whether each of *count* requests at the same time is allowed."""
    return [limiter.hit(client, RATE, now=now) == 0 for _ in range(count)]


class TestHit:
    def test_burst_of_the_rate_is_allowed(self, limiter: RateLimiter) -> None:
        assert _hit(limiter, 5, now=NOW) == [True, True, True, False, False]

    def test_wait_is_returned_and_sufficient(self, limiter: RateLimiter) -> None:
        _hit(limiter, 3, now=NOW)
        assert limiter.hit("reader", RATE, now=NOW) == pytest.approx(20)
        assert limiter.hit("reader", RATE, now=NOW + 19) == pytest.approx(1)
        assert _hit(limiter, 2, now=NOW + 20) == [True, False]

    def test_refused_requests_are_not_counted(self, limiter: RateLimiter) -> None:
        _hit(limiter, 50, now=NOW)
        assert _hit(limiter, 4, now=NOW + 60) == [True, True, True, False]

    def test_clients_are_counted_separately(self, limiter: RateLimiter) -> None:
        _hit(limiter, 3, now=NOW)
        assert _hit(limiter, 1, now=NOW, client="another") == [True]

    def test_clock_put_back_does_not_lock_out(self, limiter: RateLimiter) -> None:
        _hit(limiter, 3, now=NOW + 10**8)
        assert limiter.hit("reader", RATE, now=NOW) <= RATE.seconds
        assert _hit(limiter, 1, now=NOW + RATE.seconds) == [True]

    @given(
        pauses=st.lists(st.floats(0, 90), max_size=60),
        rate=st.builds(Rate, st.integers(1, 40), st.sampled_from([1, 60, 3600])),
    )
    def test_no_interval_exceeds_the_rate(
        self, tmp_path_factory: pytest.TempPathFactory, pauses: list[float], rate: Rate
    ) -> None:
        limiter = RateLimiter(tmp_path_factory.mktemp("limiter") / "limiter", key="k")
        now, allowed = NOW, []
        for pause in pauses:
            now += pause
            wait = limiter.hit("reader", rate, now=now)
            assert wait <= rate.interval + 0.001
            allowed += [now] * (not wait)
        limiter.close()
        for first, begun in enumerate(allowed):
            for last, ended in enumerate(allowed[first:], first):
                most = rate.count + (ended - begun) / rate.interval
                assert last - first + 1 <= most + 0.001


class TestFile:
    def test_file_has_no_addresses_and_a_fixed_size(
        self, tmp_path: Path, limiter: RateLimiter
    ) -> None:
        for number in range(500):
            limiter.hit(f"search 203.0.113.{number}", RATE, now=NOW)
        content = (tmp_path / "counts").read_bytes()
        assert len(content) == FILE_SIZE
        assert b"203.0.113" not in content

    def test_file_is_private(self, tmp_path: Path, limiter: RateLimiter) -> None:
        assert (tmp_path / "counts").stat().st_mode & 0o777 == 0o600

    def test_counts_persist_after_the_process(
        self, tmp_path: Path, limiter: RateLimiter
    ) -> None:
        _hit(limiter, 3, now=NOW)
        again = RateLimiter(tmp_path / "counts", key="k")
        assert _hit(again, 1, now=NOW) == [False]
        again.close()

    def test_full_group_replaces_the_earliest_entry(
        self, tmp_path: Path, limiter: RateLimiter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_GROUPS", 1)
        _hit(limiter, 3, now=NOW, client="busy")
        for number in range(100):
            _hit(limiter, 1, now=NOW, client=f"passer-by {number}")
        assert _hit(limiter, 1, now=NOW, client="busy") == [False]

    @pytest.mark.parametrize("content", [b"", b"short", b"\xff" * FILE_SIZE])
    def test_any_content_is_accepted(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "counts").write_bytes(content)
        limiter = RateLimiter(tmp_path / "counts", key="k")
        for number in range(50):
            assert limiter.hit(f"{number}", RATE, now=NOW) <= RATE.seconds
        limiter.close()

    def test_full_disk_raises_on_opening(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # /dev/full does not support locks.
        monkeypatch.setattr(module, "FILE_SIZE", 1)
        monkeypatch.setattr(module.fcntl, "lockf", lambda *arguments: None)
        with pytest.raises(OSError) as refused:
            RateLimiter(Path("/dev/full"), key="k")
        assert refused.value.errno == errno.ENOSPC


def _ask(file: str, times: int, results: "multiprocessing.Queue[int]") -> None:
    limiter = RateLimiter(Path(file), key="k")
    allowed = []

    def ask() -> None:
        allowed.append(sum(_many(limiter, times)))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(sum(allowed))


def _many(limiter: RateLimiter, times: int) -> Iterator[bool]:
    for number in range(times):
        limiter.hit(f"somebody else {number % 7}", Rate(10**6, 60), now=NOW)
        yield limiter.hit("reader", Rate(1000, 60), now=NOW) == 0


class TestProcesses:
    def test_processes_share_one_rate(self, tmp_path: Path) -> None:
        spawned = multiprocessing.get_context("spawn")
        results = spawned.Queue()
        processes = [
            spawned.Process(target=_ask, args=(str(tmp_path / "counts"), 400, results))
            for _ in range(4)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        assert sum(results.get(timeout=10) for _ in processes) == 1000
        assert (tmp_path / "counts").stat().st_size == FILE_SIZE

    def test_forked_child_uses_the_open_file(
        self, tmp_path: Path, limiter: RateLimiter
    ) -> None:
        """gunicorn forks its workers."""
        _hit(limiter, 2, now=NOW)
        child = os.fork()
        if not child:
            limiter.hit("reader", RATE, now=NOW)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert _hit(limiter, 1, now=NOW) == [False]
