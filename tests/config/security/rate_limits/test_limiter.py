"""The file of visits, as one process and as several use it."""

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
def visits(tmp_path: Path) -> Iterator[RateLimiter]:
    opened = RateLimiter(tmp_path / "visits", key="k")
    yield opened
    opened.close()


def _come(
    visits: RateLimiter, count: int, *, now: float, who: str = "reader"
) -> list[bool]:
    """Whether each of *count* visits at the same moment is allowed."""
    return [visits.hit(who, RATE, now=now) == 0 for _ in range(count)]


class TestAdd:
    def test_as_many_as_the_rate_says_may_come_at_once(
        self, visits: RateLimiter
    ) -> None:
        assert _come(visits, 5, now=NOW) == [True, True, True, False, False]

    def test_the_wait_is_told_and_is_enough(self, visits: RateLimiter) -> None:
        _come(visits, 3, now=NOW)
        assert visits.hit("reader", RATE, now=NOW) == pytest.approx(20)
        assert visits.hit("reader", RATE, now=NOW + 19) == pytest.approx(1)
        assert _come(visits, 2, now=NOW + 20) == [True, False]

    def test_refused_visits_do_not_count(self, visits: RateLimiter) -> None:
        _come(visits, 50, now=NOW)
        assert _come(visits, 4, now=NOW + 60) == [True, True, True, False]

    def test_visitors_do_not_share(self, visits: RateLimiter) -> None:
        _come(visits, 3, now=NOW)
        assert _come(visits, 1, now=NOW, who="another") == [True]

    def test_a_clock_that_was_put_back_shuts_nobody_out(
        self, visits: RateLimiter
    ) -> None:
        _come(visits, 3, now=NOW + 10**8)
        assert visits.hit("reader", RATE, now=NOW) <= RATE.seconds
        assert _come(visits, 1, now=NOW + RATE.seconds) == [True]

    @given(
        pauses=st.lists(st.floats(0, 90), max_size=60),
        rate=st.builds(Rate, st.integers(1, 40), st.sampled_from([1, 60, 3600])),
    )
    def test_no_span_of_time_holds_more_than_it_may(
        self, tmp_path_factory: pytest.TempPathFactory, pauses: list[float], rate: Rate
    ) -> None:
        visits = RateLimiter(tmp_path_factory.mktemp("visits") / "visits", key="k")
        now, allowed = NOW, []
        for pause in pauses:
            now += pause
            wait = visits.hit("reader", rate, now=now)
            assert wait <= rate.interval + 0.001
            allowed += [now] * (not wait)
        visits.close()
        for first, begun in enumerate(allowed):
            for last, ended in enumerate(allowed[first:], first):
                most = rate.count + (ended - begun) / rate.interval
                assert last - first + 1 <= most + 0.001


class TestFile:
    def test_it_holds_no_address_and_never_grows(
        self, tmp_path: Path, visits: RateLimiter
    ) -> None:
        for number in range(500):
            visits.hit(f"search 203.0.113.{number}", RATE, now=NOW)
        content = (tmp_path / "visits").read_bytes()
        assert len(content) == FILE_SIZE
        assert b"203.0.113" not in content

    def test_nobody_else_may_read_it(self, tmp_path: Path, visits: RateLimiter) -> None:
        assert (tmp_path / "visits").stat().st_mode & 0o777 == 0o600

    def test_it_outlives_its_process(self, tmp_path: Path, visits: RateLimiter) -> None:
        _come(visits, 3, now=NOW)
        again = RateLimiter(tmp_path / "visits", key="k")
        assert _come(again, 1, now=NOW) == [False]
        again.close()

    def test_with_more_visitors_than_room_the_longest_gone_make_room(
        self, tmp_path: Path, visits: RateLimiter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_GROUPS", 1)
        _come(visits, 3, now=NOW, who="busy")
        for number in range(100):
            _come(visits, 1, now=NOW, who=f"passer-by {number}")
        assert _come(visits, 1, now=NOW, who="busy") == [False]

    @pytest.mark.parametrize("content", [b"", b"short", b"\xff" * FILE_SIZE])
    def test_whatever_it_holds_is_no_error(
        self, tmp_path: Path, content: bytes
    ) -> None:
        (tmp_path / "visits").write_bytes(content)
        visits = RateLimiter(tmp_path / "visits", key="k")
        for number in range(50):
            assert visits.hit(f"{number}", RATE, now=NOW) <= RATE.seconds
        visits.close()

    def test_a_full_disk_is_told_when_it_is_opened(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The system's own full disk takes no lock.
        monkeypatch.setattr(module, "FILE_SIZE", 1)
        monkeypatch.setattr(module.fcntl, "lockf", lambda *arguments: None)
        with pytest.raises(OSError) as refused:
            RateLimiter(Path("/dev/full"), key="k")
        assert refused.value.errno == errno.ENOSPC


def _ask(file: str, times: int, results: "multiprocessing.Queue[int]") -> None:
    visits = RateLimiter(Path(file), key="k")
    allowed = []

    def ask() -> None:
        allowed.append(sum(_many(visits, times)))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(sum(allowed))


def _many(visits: RateLimiter, times: int) -> Iterator[bool]:
    for number in range(times):
        visits.hit(f"somebody else {number % 7}", Rate(10**6, 60), now=NOW)
        yield visits.hit("reader", Rate(1000, 60), now=NOW) == 0


class TestProcesses:
    def test_together_they_allow_exactly_what_one_would(self, tmp_path: Path) -> None:
        spawned = multiprocessing.get_context("spawn")
        results = spawned.Queue()
        processes = [
            spawned.Process(target=_ask, args=(str(tmp_path / "visits"), 400, results))
            for _ in range(4)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        assert sum(results.get(timeout=10) for _ in processes) == 1000
        assert (tmp_path / "visits").stat().st_size == FILE_SIZE

    def test_a_child_may_use_what_its_parent_opened(
        self, tmp_path: Path, visits: RateLimiter
    ) -> None:
        """gunicorn makes its workers by fork."""
        _come(visits, 2, now=NOW)
        child = os.fork()
        if not child:
            visits.hit("reader", RATE, now=NOW)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert _come(visits, 1, now=NOW) == [False]
