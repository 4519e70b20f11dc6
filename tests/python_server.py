"""A process that forks others which have Django imported: the server of `forked`.

Nearly all that a short command takes is importing. A fork of a process that has
imported libraries is a process as any other: its environment, arguments, working
directory and streams are its own, and the project's code is imported by itself. Where
one command of a site follows another, both are forks of a process that has set Django
up in the same environment; the module of the command is imported by the fork.

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
# Sites with a server at a time: a test goes back and forth between two or three.
_MOST_SITES = 3
# Variables that commands read, and settings do not.
_ASKED = frozenset({"DJANGO_SUPERUSER_PASSWORD"})


class Server:
    """Forks for each request; what it knows of other servers is in a subclass."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def serve(self) -> dict[str, Any]:
        """Return, in the fork, what it is to run."""
        while True:
            data, fds, _flags, _address = socket.recv_fds(self._connection, _MOST, 4)
            if not data:
                sys.exit()
            while not data.endswith(b"\n"):
                data += self._connection.recv(_MOST)
            wanted: dict[str, Any] = json.loads(data)
            if not self._hand_on(wanted, data, fds) and not os.fork():
                self._connection.close()
                return _answer(wanted, *fds)
            for fd in fds:
                os.close(fd)
            _reap()

    def _hand_on(self, wanted: dict[str, Any], data: bytes, fds: list[int]) -> bool:
        """Whether another server takes the request."""
        return False


def _answer(wanted: dict[str, Any], out: int, said: int, reply: int) -> dict[str, Any]:
    """Fork, return in the fork, and tell in the end how it has ended."""
    pid = os.fork()
    if not pid:
        os.close(reply)
        _take([out, said])
        return wanted
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


class SiteServer(Server):
    """Has Django set up for one environment, and from the second request its pages."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(connection)
        self._requests = 0

    def warm(self, wanted: dict[str, Any]) -> bool:
        """Whether Django can be set up in the environment of this request."""
        _enter(wanted)
        sys.path.insert(0, wanted["cwd"])
        try:
            import_module("django").setup()
        except BaseException:  # noqa: BLE001 - the command itself will tell
            return False
        del sys.path[0]
        gc.freeze()
        return True

    def _hand_on(self, wanted: dict[str, Any], data: bytes, fds: list[int]) -> bool:
        self._requests += 1
        if self._requests == 2:
            sys.path.insert(0, wanted["cwd"])
            try:
                # What the checks of most commands look through.
                import_module("django.urls").get_resolver().url_patterns  # noqa: B018
            except BaseException:  # noqa: BLE001 - the command itself will tell
                return False
            finally:
                del sys.path[0]
            gc.freeze()
        return False


class LibraryServer(Server):
    """Has libraries imported; hands requests of a site on to a server of that site."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(connection)
        # By what settings and what Django reads at the start depend on; None: cannot.
        self._sites: dict[str, socket.socket | None] = {}

    def _hand_on(self, wanted: dict[str, Any], data: bytes, fds: list[int]) -> bool:
        if wanted["env"].get("DJANGO_SETTINGS_MODULE") != "config.settings":
            return False
        if wanted["arguments"][0] not in ("-c", "manage.py"):
            return False
        key = _key(wanted)
        if key not in self._sites:
            self._sites[key] = self._start(wanted)
        # The one that was asked last stands last; the others end.
        site = self._sites[key] = self._sites.pop(key)
        while len(self._sites) > _MOST_SITES:
            if ended := self._sites.pop(next(iter(self._sites))):
                ended.close()
        if site is None:
            return False
        sent = socket.send_fds(site, [data], fds)
        site.sendall(data[sent:])
        return True

    def _start(self, wanted: dict[str, Any]) -> socket.socket | None:
        here, there = socket.socketpair()
        if not os.fork():
            here.close()
            self._connection.close()
            for other in filter(None, self._sites.values()):
                other.close()
            server = SiteServer(there)
            if not server.warm(wanted):
                os._exit(1)
            there.send(b"+")
            run(server.serve())
            sys.exit()
        there.close()
        if here.recv(1):
            return here
        here.close()
        return None


def _key(wanted: dict[str, Any]) -> str:
    """What the settings are made from, and which files Django keeps once it read them.

    Settings are a function of the environment; translations and the list of static
    files are in the data directory after the set-up.
    """
    env = {name: value for name, value in wanted["env"].items() if name not in _ASKED}
    data_dir = env.get("SIJILL_DATA_DIR", "")
    read = [f"{data_dir}/{name}" for name in ("locale", "static", "secret-key")]
    times = [os.stat(one).st_mtime_ns for one in read if os.path.exists(one)]  # noqa: PTH110, PTH116
    return json.dumps([env, times, wanted["cwd"]], sort_keys=True)


def run(wanted: dict[str, Any]) -> None:
    """Become ``python ARGUMENTS``: ``-c CODE …``, ``-m MODULE …`` or a file."""
    _enter(wanted)
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


def _enter(wanted: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(wanted["cwd"])
    time.tzset()


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
    run(LibraryServer(socket.socket(fileno=int(sys.argv[1]))).serve())
