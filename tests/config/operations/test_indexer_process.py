"""The indexer's process is started again, with growing pauses, once at a time."""

import subprocess
import sys

import pytest

from config.operations.indexer_process import LONGEST_PAUSE, IndexerProcess


class _Process:
    """A process that ends when it is told to."""

    def __init__(self) -> None:
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self.returncode


class _Machine:
    """A clock, and the processes that were started at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self.started: list[_Process] = []
        self.warnings: list[str] = []
        self.error: OSError | None = None
        monkeypatch.setattr(subprocess, "Popen", self._start)
        self.indexer = IndexerProcess(
            ["indexer"], warn=self.warnings.append, clock=lambda: self.now
        )

    def _start(self, *_arguments: object, **_options: object) -> _Process:
        if self.error:
            raise self.error
        self.started.append(_Process())
        return self.started[-1]

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.indexer.restart_if_ended()

    def end(self) -> float:
        """End the process that runs; returns the seconds until the next one runs."""
        self.started[-1].returncode = -9
        count = len(self.started)
        waited = 0.0
        self.indexer.restart_if_ended()
        while len(self.started) == count:
            self.pass_time(0.5)
            waited += 0.5
        assert len(self.started) == count + 1
        return waited


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> _Machine:
    machine = _Machine(monkeypatch)
    machine.indexer.start()
    return machine


class TestRestart:
    def test_running_process_is_left_alone(self, machine: _Machine) -> None:
        for _ in range(5):
            machine.pass_time(1)
        assert len(machine.started) == 1
        assert machine.warnings == []

    def test_pauses_grow_up_to_the_longest(self, machine: _Machine) -> None:
        pauses = [machine.end() for _ in range(8)]
        assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE]

    def test_long_life_begins_with_the_first_pause_again(
        self, machine: _Machine
    ) -> None:
        for _ in range(4):
            machine.end()
        machine.pass_time(LONGEST_PAUSE)
        assert [machine.end(), machine.end()] == [1, 2]

    def test_each_end_is_one_warning_with_the_pause(self, machine: _Machine) -> None:
        machine.end()
        assert machine.warnings == [
            "The indexer has ended. It is started again in 1 s."
        ]

    def test_process_that_cannot_be_started_is_tried_again(
        self, machine: _Machine
    ) -> None:
        machine.started[-1].returncode = 1
        machine.error = OSError(12, "Cannot allocate memory")
        machine.pass_time(0)
        machine.pass_time(1)
        assert "could not be started: Cannot allocate memory" in machine.warnings[-1]
        machine.error = None
        machine.pass_time(2)
        assert len(machine.started) == 2
        machine.pass_time(1)
        assert len(machine.warnings) == 2


class TestStop:
    def test_process_has_ended_afterwards(self) -> None:
        command = [sys.executable, "-c", "import time; time.sleep(60)"]
        indexer = IndexerProcess(command, warn=print)
        indexer.start()
        process = indexer._process
        assert process is not None
        indexer.stop()
        assert process.returncode is not None
