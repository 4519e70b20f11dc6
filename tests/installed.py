"""An installed archive in a data directory of its own, run as its owner runs it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.forked import run_python
from tests.sources import BASE_DIR

Done = subprocess.CompletedProcess[str]

# "full" in this variable asks for the counts that docs/durability.md gives.
_WANTED: Final = "SIJILL_TEST_FAULTS"
IS_FULL: Final = os.environ.get(_WANTED) == "full"
_KEPT: Final = ("PATH", "HOME", "LANG", "SIJILL_LEXICON")
PASSWORD: Final = "only-for-the-tests-of-faults"
# Seconds within which a server answers and a process ends, on a busy machine too.
PATIENCE: Final = 300
_ERROR_RE: Final = re.compile(r"Traceback|[Ee]rror|locked|Internal")


def count_rounds(*, short: int, full: int) -> int:
    """*short*, or *full* where SIJILL_TEST_FAULTS asks for the full run."""
    return full if IS_FULL else short


@dataclass
class Installed:
    """An archive under ``data_dir``; ``variables`` are its environment's."""

    data_dir: Path
    variables: dict[str, str] = field(default_factory=dict)
    # Where servers write what they say; a full disk takes no log.
    logs: Path | None = None

    @property
    def index(self) -> Path:
        return self.data_dir / "index"

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SIJILL_DATA_DIR": str(self.data_dir),
            "SECRET_KEY": "k" * 50,
            "PYTHONIOENCODING": "utf-8",
            # All clients of a test have one address.
            "RATE_SEARCH": "1000000/minute",
            **self.variables,
        }

    def start(self, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
        """Start a Python process with this installation's settings, output in pipes."""
        defaults = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        }
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=BASE_DIR,
            env=self.environ,
            text=True,
            **(defaults | options),
        )

    def manage(self, *arguments: str, status: int = 0, **options: Any) -> Done:
        """Run a command that must end with *status* and without a traceback."""
        if options:
            process = self.start("manage.py", *arguments, **options)
            out, said = process.communicate()
            done = Done(process.args, process.returncode, out, said)
        else:
            done = run_python("manage.py", *arguments, env=self.environ)
        assert done.returncode == status, f"{done.stdout}{done.stderr}"
        assert "Traceback" not in (done.stderr or ""), done.stderr
        return done

    def run(self, code: str, *arguments: str) -> Any:
        """The JSON that Python code prints after ``django.setup()``, or None."""
        whole = f"import django, json, sys\ndjango.setup()\n{code}"
        done = run_python("-c", whole, *arguments, env=self.environ)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else None

    def make_administrator(self, name: str = "editor") -> None:
        """Add a superuser whose password is PASSWORD."""
        self.variables["DJANGO_SUPERUSER_PASSWORD"] = PASSWORD
        self.manage(
            *("createsuperuser", "--noinput", "--verbosity", "0"),
            *("--username", name, "--email", "editor@example.org"),
        )

    def search(self, query: str) -> int:
        """The total of a search by ``manage.py search``."""
        return int(json.loads(self.manage("search", query, "--json").stdout)["total"])

    def reconcile(self, **options: Any) -> dict[str, Any]:
        """The report of ``reconcile_index``, which must find no difference."""
        done = self.manage("reconcile_index", "--json", **options)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    @contextmanager
    def serve(self, *, workers: int) -> Iterator["Server"]:
        """gunicorn as start.py starts it, until the end of the block."""
        port = _free_port()
        log = (self.logs or self.data_dir.parent) / f"server-{port}.log"
        with log.open("w") as written:
            process = self.start(
                *("-m", "gunicorn", "--config", "python:config.gunicorn"),
                *("--workers", str(workers), "--bind", f"127.0.0.1:{port}"),
                "config.wsgi:application",
                stdout=written,
                stderr=written,
            )
            server = Server(process, f"http://127.0.0.1:{port}", log)
            try:
                server.wait_until_it_answers()
                yield server
            finally:
                process.terminate()
                process.wait(PATIENCE)


@dataclass
class Server:
    """A running gunicorn; ``log`` is the file of what it says."""

    process: "subprocess.Popen[str]"
    address: str
    log: Path

    def list_complaints(self) -> list[str]:
        """The lines of the log that report an error."""
        said = self.log.read_text().splitlines()
        return [line for line in said if _ERROR_RE.search(line)]

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"{self.address}/healthz"):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
