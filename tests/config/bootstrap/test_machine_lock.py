"""The lock between starts: one holds it, the others wait, and the dead give it up."""

import subprocess
import sys
from pathlib import Path

from config.bootstrap import machine_lock
from tests.sources import BASE_DIR

_HOLD = """
import sys, time
from pathlib import Path
from config.bootstrap import machine_lock
with machine_lock.hold(Path(sys.argv[1]), lambda: print("waits", flush=True)):
    print("holds", flush=True)
    sys.stdin.readline()
"""


def _start(file: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(file)],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _read(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_second_process_says_that_it_waits_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "requirements.lock"
    file.write_text("django==5.2")
    file.chmod(0o444)
    with _start(file) as first:
        assert _read(first) == "holds"
        with _start(file) as second:
            assert _read(second) == "waits"
            first.communicate("\n")
            assert _read(second) == "holds"
            second.communicate("\n")
    assert file.read_text() == "django==5.2"


def test_killed_process_gives_the_lock_up(tmp_path: Path) -> None:
    file = tmp_path / "requirements.lock"
    file.touch()
    with _start(file) as first:
        assert _read(first) == "holds"
        first.kill()
    waits: list[bool] = []
    with machine_lock.hold(file, lambda: waits.append(True)):
        assert not waits
