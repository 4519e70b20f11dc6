"""The indexer's heartbeat: beats that go on while work proceeds, and stop at a hang."""

import time
from pathlib import Path

import pytest
from pytest_django import Settings

from search.indexing import heartbeat
from search.indexing.heartbeat import (
    HEARTBEAT_FILE,
    LONGEST_STANDSTILL,
    Heartbeat,
    beat,
    read_beat,
)


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


class TestFile:
    def test_beat_is_read_as_it_was_written(self, data_dir: Path) -> None:
        before = time.time()
        beat()
        beat()
        beaten_at = read_beat()
        assert beaten_at is not None
        assert before - 0.01 <= beaten_at <= time.time() + 0.01
        assert (data_dir / HEARTBEAT_FILE).stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("content", [b"", b"soon", b"nan", b"inf", b"\xff", b"1 2"])
    def test_damaged_file_is_no_beat(self, data_dir: Path, content: bytes) -> None:
        (data_dir / HEARTBEAT_FILE).write_bytes(content)
        assert read_beat() is None

    def test_missing_file_is_no_beat(self) -> None:
        assert read_beat() is None

    def test_file_that_cannot_be_written_is_no_error(self, data_dir: Path) -> None:
        (data_dir / HEARTBEAT_FILE).mkdir()
        beat()


class TestHeartbeat:
    def test_it_beats_at_once_and_at_intervals(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(heartbeat, "INTERVAL", 0.01)
        with Heartbeat().beating():
            first = read_beat()
            assert first is not None
            deadline = time.monotonic() + 10
            while read_beat() == first:
                assert time.monotonic() < deadline
                time.sleep(0.01)

    def test_no_beat_comes_after_the_block(
        self, data_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(heartbeat, "INTERVAL", 0.01)
        with Heartbeat().beating():
            pass
        (data_dir / HEARTBEAT_FILE).unlink()
        time.sleep(0.05)
        assert read_beat() is None


class TestProceeds:
    """With a clock and a processor time of the test."""

    def _start(self) -> Heartbeat:
        self.now = 0.0
        return Heartbeat(clock=lambda: self.now)

    def test_idle_indexer_may_stand_still(self) -> None:
        pulse = self._start()
        self.now = 10 * LONGEST_STANDSTILL
        assert pulse.proceeds(0.0)

    def test_work_at_a_standstill_does_not_proceed(self) -> None:
        pulse = self._start()
        with pulse.working():
            self.now = LONGEST_STANDSTILL - 1
            assert pulse.proceeds(0.001)
            self.now = LONGEST_STANDSTILL
            assert not pulse.proceeds(0.002)
        assert pulse.proceeds(0.002)

    def test_work_that_takes_processor_time_proceeds(self) -> None:
        pulse = self._start()
        with pulse.working():
            for beats in range(1, 100):
                self.now = beats * 5.0
                assert pulse.proceeds(beats * 0.1)

    def test_batches_that_advance_proceed(self) -> None:
        pulse = self._start()
        with pulse.working():
            for _ in range(10):
                self.now += LONGEST_STANDSTILL - 1
                pulse.advance(5000)
                assert pulse.proceeds(0.0)
