"""A copy of the project, whose start.py is run as its user runs it.

It borrows the environment that the tests run in, so that nothing is installed.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from config.bootstrap import virtualenv
from tests.sources import BASE_DIR

FOLDERS = ("archive", "config", "locale", "sample", "search", "static", "templates")
_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
FILES = ("manage.py", "start.py", *_LOCKS)
PATIENCE = 60


@dataclass
class Project:
    """A copy of the project and how its start.py is run."""

    root: Path
    data_dir: Path
    environ: dict[str, str] = field(default_factory=dict)

    def run(
        self, *arguments: str, **variables: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "start.py", *arguments],
            cwd=self.root,
            env=self.environ | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 3,
        )

    def serve(self, port: int, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "start.py", "--port", str(port), *arguments],
            cwd=self.root,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def count_articles(self) -> int:
        """How many the database has, read past Django, whose start takes a second."""
        with closing(sqlite3.connect(self.data_dir / "sijill.sqlite3")) as database:
            row = database.execute("SELECT count(*) FROM archive_article").fetchone()
        return int(row[0])

    def ask(self, expression: str) -> str:
        """The value of a Python expression in the copy's Django, printed."""
        code = f"from archive.models import *; print({expression})"
        done = self.run("manage", "shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def copy_project(root: Path) -> Project:
    """Copy the project into the empty folder *root*."""
    for name in FOLDERS:
        # With what is compiled of it, which each command would compile again.
        ignored = shutil.ignore_patterns("*.mo")
        shutil.copytree(BASE_DIR / name, root / name, ignore=ignored)
    for name in FILES:
        shutil.copy2(BASE_DIR / name, root / name)
    _lend_environment(root)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    data_dir = root / "elsewhere/data"
    environ = {
        **kept,
        "SIJILL_DATA_DIR": str(data_dir),
        "SIJILL_LEXICON": os.environ["SIJILL_LEXICON"],
        "PYTHONIOENCODING": "utf-8",
    }
    return Project(root, data_dir, environ)


def _lend_environment(root: Path) -> None:
    """Point .venv at the running environment and stamp it as up to date."""
    site_packages = Path(pytest.__file__).parent.parent
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True
    )
    lent = next((root / ".venv/lib").glob("python*")) / "site-packages"
    (lent / "lent.pth").write_text(f"{site_packages}\n")
    interpreter = str((root / ".venv/bin/python").resolve())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(virtualenv, "BUILDING", root / "requirements-build.lock")
        for name in ("requirements", "requirements-dev"):
            stamp = virtualenv._stamp(root / f"{name}.lock", interpreter)
            (root / f".venv/installed-{name}").write_text(stamp)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    return free


@contextmanager
def serving(project: Project, port: int) -> "Iterator[subprocess.Popen[str]]":
    """The copy, serving on the port."""
    process = project.serve(port)
    assert process.stdout is not None
    deadline = time.monotonic() + PATIENCE
    for line in process.stdout:
        if f":{port}/ar/admin/" in line:
            break
        assert time.monotonic() < deadline
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
    process.stdout.close()
    process.stderr.close()  # type: ignore[union-attr]
