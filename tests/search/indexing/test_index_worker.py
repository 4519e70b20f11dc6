"""The indexer as a process of its own: it outlives a fault, not its parent."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no parents")
class TestWithParent:
    def test_it_stops_when_who_started_it_has_ended(self, tmp_path: Path) -> None:
        """Its database has no tables: that is said once and waited for."""
        complaints = tmp_path / "complaints"
        complaints.touch()
        command = (
            f"{sys.executable} manage.py index_worker --with-parent --interval 0.2"
            f" 2>{complaints} >/dev/null & echo $!; sleep 6"
        )
        parent = subprocess.Popen(
            ["sh", "-c", command],
            cwd=ROOT,
            env={**os.environ, "SIJILL_DATA_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not complaints.read_text():
            time.sleep(0.1)
        assert _is_alive(pid)
        parent.kill()
        parent.wait()
        while time.monotonic() < deadline and _is_alive(pid):
            time.sleep(0.1)
        assert not _is_alive(pid)
        assert len(complaints.read_text().splitlines()) == 1
