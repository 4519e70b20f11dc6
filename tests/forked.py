"""Python commands as processes, without importing libraries in each: `run_python`.

Where a command's own start is what is tested, or its streams, signals and groups are,
the test starts it by `subprocess`.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests import python_server
from tests.sources import BASE_DIR

Done = subprocess.CompletedProcess[str]

# Libraries of the site; what of them the tests have imported is imported by the server.
_LIBRARIES: Final = frozenset(
    {
        "axes", "cachetools", "csp", "django", "filelock", "haystack", "hijridate",
        "jinja2", "numpy", "polib", "pyarabic", "pydantic", "pydantic_core",
        "typing_inspection", "whitenoise", "whoosh", "xlsxwriter",
    }
)  # fmt: skip


def run_python(*arguments: str, env: Mapping[str, str]) -> Done:
    """``python ARGUMENTS`` in the project's folder."""
    if not hasattr(os, "fork"):
        return _run_anew(*arguments, env=env)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        status = _ask(list(arguments), env, (out.fileno(), said.fileno()))
        out.seek(0)
        said.seek(0)
        texts = [file.read().decode("utf-8", "replace") for file in (out, said)]
    return Done([sys.executable, *arguments], status, *texts)


def _run_anew(*arguments: str, env: Mapping[str, str]) -> Done:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def _ask(arguments: list[str], env: Mapping[str, str], streams: tuple[int, int]) -> int:
    """The exit status, negative for a signal."""
    wanted = {"arguments": arguments, "env": dict(env), "cwd": str(BASE_DIR)}
    here, there = socket.socketpair()
    with here, there:
        message = json.dumps(wanted).encode() + b"\n"
        fds = [*streams, there.fileno()]
        sent = socket.send_fds(_server(os.getpid()), [message], fds)
        assert sent == len(message)
        there.close()
        answer = here.recv(16)
    assert answer, "The server of processes has ended."
    return int(answer)


@cache
def _server(pid: int) -> socket.socket:
    """The socket of the server of the process *pid*, which is this one."""
    here, there = socket.socketpair()
    names = [name for name in sys.modules if name.partition(".")[0] in _LIBRARIES]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with there:
        server = subprocess.Popen(
            [
                sys.executable,
                str(Path(python_server.__file__)),
                str(there.fileno()),
                json.dumps(names),
            ],
            cwd=BASE_DIR,
            env={**kept, "PYTHONIOENCODING": "utf-8"},
            pass_fds=[there.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    atexit.register(_end, here, server)
    return here


def _end(here: socket.socket, server: "subprocess.Popen[bytes]") -> None:
    """End the server, so that what it has taken counts as the tests'."""
    here.close()
    server.wait()
