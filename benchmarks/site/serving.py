"""The site served by gunicorn, in processes of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BASE_DIR: Final = Path(__file__).resolve().parents[2]
HOST: Final = "127.0.0.1"
# Seconds for a server to answer for the first time, and to end; between two probes.
TIMEOUT: Final = 120
PAUSE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its port, the arbiter's process id, and its log file."""

    port: int
    pid: int
    log: Path

    @property
    def address(self) -> str:
        """The base URL, without a slash at the end."""
        return f"http://{HOST}:{self.port}"


def find_port() -> int:
    """A free TCP port of this machine."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(data_dir: Path, log: Path, **variables: str) -> Iterator[Served]:
    """gunicorn with the site's own configuration on the archive in *data_dir*.

    Environment *variables* are added to those of this process. The server is ended by
    SIGTERM. Raises RuntimeError with the log where it does not answer.
    """
    port = find_port()
    environ = {**os.environ, "SIJILL_DATA_DIR": str(data_dir), **variables}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
    command += ["--bind", f"{HOST}:{port}", "config.wsgi:application"]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - own command
            command, cwd=BASE_DIR, env=environ, stdout=output, stderr=output
        )
        try:
            served = Served(port, process.pid, log)
            _wait(process, served)
            yield served
        finally:
            process.terminate()
            process.wait(TIMEOUT)


def _wait(process: subprocess.Popen[bytes], served: Served) -> None:
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        if is_alive(served.address):
            return
        time.sleep(PAUSE)
    raise RuntimeError(served.log.read_text("utf-8", "replace"))


def is_alive(address: str, headers: Mapping[str, str] | None = None) -> bool:
    """Whether the server at *address* answers ``/healthz`` by 200."""
    request = urllib.request.Request(  # noqa: S310 - http
        f"{address}/healthz", headers=dict(headers or {})
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False
