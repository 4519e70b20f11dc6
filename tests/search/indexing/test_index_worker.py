"""manage.py index_worker as a process: it survives faults, and ends with its parent."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

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
    def test_worker_stops_when_its_parent_has_ended(self, tmp_path: Path) -> None:
        """Without tables in its database it logs the error once and waits."""
        complaints = tmp_path / "complaints"
        complaints.touch()
        command = (
            f"{sys.executable} manage.py index_worker --with-parent=$$ --interval 0.2"
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
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and _is_alive(pid):
            time.sleep(0.1)
        assert not _is_alive(pid)
        assert len(complaints.read_text().splitlines()) == 1


def _start(
    data_dir: Path, *arguments: str, **variables: str
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "index_worker", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            # The site's own: those of the tests keep nothing of the environment.
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "k" * 60,
            "SIJILL_DATA_DIR": str(data_dir),
            **variables,
        },
        stderr=subprocess.PIPE,
        text=True,
        # Of a parent in the background a child inherits that SIGINT is ignored.
        preexec_fn=_heed_signals if sys.platform != "win32" else None,
    )


def _heed_signals() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM")
class TestStopping:
    @pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
    def test_signal_stops_the_worker_and_each_log_line_is_an_event(
        self, tmp_path: Path, sent: signal.Signals
    ) -> None:
        process = _start(tmp_path, "--interval", "0.2", LOG_FORMAT="json")
        assert process.stderr is not None
        first = process.stderr.readline()
        process.send_signal(sent)
        _, rest = process.communicate(timeout=PATIENCE)
        complaint, (stopped,) = json.loads(first), map(json.loads, rest.splitlines())
        assert process.returncode == 0
        assert complaint["level"] == "error"
        assert "no such table" in complaint["message"]
        assert stopped["message"].startswith("Stopped")


class TestInterval:
    @pytest.mark.parametrize("written", ["0", "-1", "nan", "inf", "1e300", "soon"])
    def test_interval_that_is_not_positive_seconds_is_refused(
        self, written: str
    ) -> None:
        with pytest.raises(CommandError, match="أكبر من صفر"):
            call_command("index_worker", "--interval", written)
