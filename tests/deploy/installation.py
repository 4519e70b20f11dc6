"""An installation as docs/serving.md makes it, in a folder of the tests."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.deploy.units import read_environment, read_unit, split_command
from tests.sources import BASE_DIR

PATIENCE: Final = 90
PAUSE: Final = 0.1
# The descriptor at which systemd hands over the first socket.
FIRST_SOCKET: Final = 3
BACKLOG: Final = 64
# LISTEN_PID is the number of the process itself, which only it knows.
_HAND_OVER: Final = """
import os, sys
os.dup2({}, {})
os.environ["LISTEN_PID"] = str(os.getpid())
os.execv(sys.argv[1], sys.argv[1:])
"""
SITE: Final = {"Host": "archive.example.org", "X-Forwarded-Proto": "https"}


class _Connection(http.client.HTTPConnection):
    """HTTP over the socket that the proxy would use."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(str(self._path))


@dataclass(frozen=True)
class Service:
    """A process that a unit started, and its log."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def children(self) -> set[str]:
        """The pids of its child processes."""
        pid = self.process.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def stop(self) -> int:
        """Stop it as systemd does; returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


class Installation:
    """Folders in place of those that the units name, and the example's settings."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data_dir = root / "data"
        self.backups = root / "backups"
        self.socket = root / "sijill.sock"
        for folder in (self.data_dir, self.backups):
            folder.mkdir(mode=0o700)
        (self.data_dir / "secret-key").write_text("k" * 60)
        kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
        self.environ = {
            **kept,
            # A function of the code; to compile it takes fifteen seconds.
            "SIJILL_LEXICON": os.environ["SIJILL_LEXICON"],
            **{name: self._moved(one) for name, one in read_environment().items()},
        }

    def _moved(self, text: str) -> str:
        """*text* with the paths of this installation."""
        for named, here in (
            ("/srv/sijill/.venv/bin/python", sys.executable),
            ("/srv/sijill", str(BASE_DIR)),
            ("/var/lib/sijill", str(self.data_dir)),
            ("/var/backups/sijill", str(self.backups)),
            ("/run/sijill.sock", str(self.socket)),
        ):
            text = text.replace(named, here)
        return text

    def command(self, unit: str, name: str = "ExecStart") -> list[str]:
        """What the unit runs."""
        line = read_unit(unit)["Service"][name]
        return [self._moved(word) for word in split_command(line)]

    def manage(self, *arguments: str) -> str:
        """What a command of the site prints."""
        done = self.run([sys.executable, "manage.py", *arguments])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=BASE_DIR,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    @contextmanager
    def started(self, unit: str, **variables: str) -> Iterator[Service]:
        """The service of a unit that goes on until it is stopped."""
        log = self.root / f"{unit}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                self.command(unit),
                cwd=BASE_DIR,
                env=self.environ | variables,
                stdout=output,
                stderr=output,
            )
        service = Service(process, log)
        try:
            yield service
        finally:
            service.stop()

    @contextmanager
    def site_started(self, handed: socket.socket) -> Iterator[Service]:
        """The site on the socket that systemd would hand over, once it says so."""
        with _notified(self.root) as (path, ready):
            command = self.command("sijill-site.service")
            script = _HAND_OVER.format(handed.fileno(), FIRST_SOCKET)
            log = self.root / "site.log"
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [sys.executable, "-c", script, *command],
                    cwd=BASE_DIR,
                    env=self.environ | {"LISTEN_FDS": "1", "NOTIFY_SOCKET": str(path)},
                    pass_fds=[handed.fileno()],
                    stdout=output,
                    stderr=output,
                )
            service = Service(process, log)
            try:
                assert b"READY=1" in ready.recv(4096), log.read_text()
                yield service
            finally:
                service.stop()

    @contextmanager
    def listening(self) -> Iterator[socket.socket]:
        """The socket, which is systemd's: it is there before and after the site."""
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(self.socket))
            listening.listen(BACKLOG)
            yield listening
        self.socket.unlink()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body of a page, asked for as the proxy asks."""
        connection = _Connection(self.socket)
        try:
            connection.request("GET", path, headers=SITE | headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def _notified(root: Path) -> Iterator[tuple[Path, socket.socket]]:
    path = root / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
        ready.bind(str(path))
        ready.settimeout(PATIENCE)
        yield path, ready
    path.unlink()


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Wait until *holds* is true; fails with *what* after PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(PAUSE)
    raise AssertionError(what)
