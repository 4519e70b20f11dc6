"""Temporary PostgreSQL servers."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Debian keeps the server's programs out of PATH.
_DEBIAN = Path("/usr/lib/postgresql")
# PostgreSQL refuses to run as root; one of these accounts runs it then.
_ACCOUNTS = ("postgres", "nobody")
_DATABASE = "sijill"


def find() -> Path | None:
    """The directory of initdb and pg_ctl, the newest where there are several."""
    installed = sorted(
        _DEBIAN.glob("*/bin/initdb"), key=lambda program: int(program.parts[-3])
    )
    if installed:
        return installed[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@dataclass(frozen=True)
class Server:
    """A running server; ``url`` is the address of its one empty database."""

    url: str
    _control: Callable[..., None]

    def restart(self, mode: str) -> None:
        """Stop it in pg_ctl's *mode* (``immediate`` is a crash) and start it again."""
        self._control("stop", "-m", mode)
        self._control("start")


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """A server with one empty database; yields that database's address."""
    with serving(programs) as server:
        yield server.url


@contextmanager
def serving(programs: Path) -> Iterator[Server]:
    """A server that can be restarted."""
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="sijill-postgresql-"))
    if account:
        shutil.chown(home, account["user"], account["group"])

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            **account,
        )

    data, port = str(home / "data"), free_port()
    options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off"
    own = {"start": ("-o", options, "-l", str(home / "log"))}

    def control(action: str, *arguments: str) -> None:
        run("pg_ctl", action, "-w", "-D", data, *own.get(action, ()), *arguments)

    try:
        run("initdb", "-D", data, "-U", "sijill", "-A", "trust", "-E", "UTF8", "-N")
        control("start")
        try:
            place = ("-h", "127.0.0.1", "-p", str(port), "-U", "sijill")
            run("createdb", *place, _DATABASE)
            url = f"postgres://sijill@127.0.0.1:{port}/{_DATABASE}"
            yield Server(url, control)
        finally:
            control("stop", "-m", "immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _account() -> dict[str, Any]:
    """The arguments of subprocess that drop root's rights; empty for other users."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in _ACCOUNTS if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
