"""A process that forks others which have Django imported: the server of `forked`.

Half of what a short command takes is importing libraries. A fork of a process that has
imported them is a process as any other: its environment, arguments, working directory
and streams are its own, and the project's code is imported by itself.

Run as a file, with the number of the socket and the names of the modules to import.
"""

import gc
import json
import os
import runpy
import socket
import sys
import time
import types
from importlib import import_module
from typing import Any

_MOST = 1 << 20


def serve(connection: socket.socket) -> dict[str, Any]:
    """Fork for each request; returns, in the fork, what it is to run."""
    while True:
        data, fds, _flags, _address = socket.recv_fds(connection, _MOST, 4)
        if not data:
            sys.exit()
        while not data.endswith(b"\n"):
            data += connection.recv(_MOST)
        if os.fork():
            for fd in fds:
                os.close(fd)
            _reap()
            continue
        connection.close()
        *streams, reply = fds
        pid = os.fork()
        if not pid:
            os.close(reply)
            _take(streams)
            return dict(json.loads(data))
        _pid, status = os.waitpid(pid, 0)
        os.write(reply, b"%d" % os.waitstatus_to_exitcode(status))
        os._exit(0)


def _reap() -> None:
    """Forget those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _take(streams: list[int]) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, stream in enumerate((nothing, *streams)):
        os.dup2(stream, number)
        os.close(stream)


def run(wanted: dict[str, Any]) -> None:
    """Become ``python ARGUMENTS``: ``-c CODE …``, ``-m MODULE …`` or a file."""
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(wanted["cwd"])
    time.tzset()
    first, *rest = wanted["arguments"]
    if first == "-c":
        _run_code(*rest)
    elif first == "-m":
        sys.path.insert(0, wanted["cwd"])
        sys.argv[:] = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        sys.path.insert(0, wanted["cwd"])
        sys.argv[:] = [first, *rest]
        runpy.run_path(first, run_name="__main__")


def _run_code(code: str, *arguments: str) -> None:
    sys.path.insert(0, "")
    sys.argv[:] = ["-c", *arguments]
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    exec(compile(code, "<string>", "exec"), main.__dict__)  # noqa: S102


def preload(names: list[str]) -> None:
    """Import what can be imported before Django has settings."""
    for name in names:
        try:
            import_module(name)
        except Exception:  # noqa: BLE001 - many errors, of modules that need settings
            sys.modules.pop(name, None)


if __name__ == "__main__":
    del sys.path[0]
    preload(json.loads(sys.argv[2]))
    # What is alive now lives in all forks: their collectors need not look at it.
    gc.freeze()
    run(serve(socket.socket(fileno=int(sys.argv[1]))))
