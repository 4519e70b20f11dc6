"""Starts a PostgreSQL server for the tests and throws it away: `running`."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """A server with one empty database; yields that database's address."""
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

    data, port = str(home / "data"), _free_port()
    try:
        run("initdb", "-D", data, "-U", "sijill", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off"
        log = str(home / "log")
        run("pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", log)
        try:
            place = ("-h", "127.0.0.1", "-p", str(port), "-U", "sijill")
            run("createdb", *place, _DATABASE)
            yield f"postgres://sijill@127.0.0.1:{port}/{_DATABASE}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _account() -> dict[str, Any]:
    """The arguments of subprocess that drop root's rights; empty for other users."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in _ACCOUNTS if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
