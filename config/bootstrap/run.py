"""The commands of start.py: environment, set-up, then the server.

Standard library only, because it runs before anything is installed.
"""

import argparse
import errno
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from config.bootstrap import fingerprint, private_files, virtualenv
from config.bootstrap.errors import StartError

BASE_DIR = Path(__file__).resolve().parents[2]
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
HIGHEST_PORT = 65535
STOPPED = 128 + signal.SIGINT

_LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_ANY_HOST = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - named, not listened on
_SECRET_KEY_BYTES = 64
# Files of tests run side by side, a process a core; conftest.py orders them.
_SIDE_BY_SIDE = (
    *("-n", "auto", "--maxprocesses", "8"),
    *("--dist", "loadfile", "--no-loadscope-reorder"),
)

_EPILOG = """\
commands:
  (none)                set everything up, then serve
  setup                 set everything up and stop before serving
  install               only make the environment, .venv, and stop
  manage COMMAND …      run a command of the site (manage.py)
  test [pytest …]       install the development tools and run the tests
  bench …               compare searches with other engines (docs/performance.md)
  bench retrieval DIR … measure what searches find (docs/retrieval.md)

Everything the site writes lives under SIJILL_DATA_DIR (var/ beside this file).
"""


def main(arguments: Sequence[str]) -> int:
    """Run the command in the arguments; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Arabic shows question marks instead of a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        if arguments and arguments[0] in _COMMANDS:
            return _COMMANDS[arguments[0]](list(arguments[1:]))
        return _start(_parse(arguments))
    except KeyboardInterrupt:
        return _stop("Stopped. Run the same command again to go on.", STOPPED)
    except StartError as error:
        return _stop(str(error), 1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _stop(
            f"{where}{error.strerror}. Mend that and run the command again.", 1
        )


def _stop(sentence: str, code: int) -> int:
    sys.stderr.write(f"\n{sentence}\n")
    return code


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Sijill (سجلّ): a searchable archive of Arabic articles.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=("serve", "setup"),
        default="serve",
        help=argparse.SUPPRESS,
    )
    parser.add_argument("--host", default=DEFAULT_HOST, help="address to listen on")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="TCP port")
    parser.add_argument(
        "--no-sample", action="store_true", help="leave a new archive empty"
    )
    parser.add_argument(
        "--new-archive",
        action="store_true",
        help="begin a new archive where the earlier one's database is gone",
    )
    return parser.parse_args(arguments)


def _port(written: str) -> int:
    if not written.isdecimal() or not 0 < int(written) <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(
            f"{written!r} is no port: write a number from 1 to {HIGHEST_PORT}"
        )
    return int(written)


def _start(options: argparse.Namespace) -> int:
    if options.command == "serve":
        _check_port(options.host, options.port)
    environ = _prepare()
    setup = [str(virtualenv.python()), "manage.py", "setup_site"]
    if options.no_sample:
        setup.append("--no-sample")
    if options.new_archive:
        setup.append("--new-archive")
    data_dir = Path(environ["SIJILL_DATA_DIR"])
    database_url = environ.get("DATABASE_URL", "")
    asked = options.command == "setup"
    if asked or not fingerprint.is_set_up(data_dir, database_url):
        done = subprocess.run(setup, env=environ, cwd=BASE_DIR)  # noqa: S603 - our own
        if done.returncode or asked:
            return done.returncode
        # Another start may have waited for the same set-up, and serve by now.
        _check_port(options.host, options.port)
    return _serve(options.host, options.port, environ)


def _prepare(requirements: Path = virtualenv.RUNTIME) -> dict[str, str]:
    """Create the environment, data directory and key; returns environment variables.

    The data directory is made absolute, because children run in another directory.
    """
    virtualenv.ensure(requirements)
    named = os.environ.get("SIJILL_DATA_DIR", "").strip()
    data_dir = Path(named or BASE_DIR / "var").expanduser().resolve()
    # It has names, password hashes and drafts: not for other users of the machine.
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Not before the environment is made, which another account may have to read.
    private_files.restrict_new_files()
    private_files.restrict_existing(data_dir)
    _make_secret_key(data_dir / "secret-key")
    return {**os.environ, "SIJILL_DATA_DIR": str(data_dir)}


def _make_secret_key(file: Path) -> None:
    """Write a key unless there is one; another start sees none or a whole one."""
    if file.exists():
        return
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(_SECRET_KEY_BYTES) + "\n")
        _give_name(new, file)
    finally:
        new.unlink(missing_ok=True)


def _give_name(new: Path, file: Path) -> None:
    """Name *new* as *file*, in one step, unless another process has made that."""
    try:
        os.link(new, file)
    except FileExistsError:
        return
    except OSError:  # A file system without links.
        if not file.exists():
            new.replace(file)


def _manage(arguments: list[str]) -> int:
    environ = _prepare()
    return _hand_over(["manage.py", *arguments], environ)


def _only_install(arguments: list[str]) -> int:
    """Install for another account, which has no permission to write the code."""
    virtualenv.ensure(virtualenv.RUNTIME)
    return 0


def _test(arguments: list[str]) -> int:
    virtualenv.ensure(virtualenv.DEVELOPMENT)
    return _hand_over(["-m", "pytest", *_SIDE_BY_SIDE, *arguments], dict(os.environ))


def _bench(arguments: list[str]) -> int:
    environ = _prepare(virtualenv.DEVELOPMENT)
    if arguments[:1] == ["retrieval"]:
        return _hand_over(["-m", "benchmarks.retrieval", *arguments[1:]], environ)
    return _hand_over(["-m", "benchmarks.run", *arguments], environ)


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "install": _only_install,
    "manage": _manage,
    "test": _test,
    "bench": _bench,
}


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Otherwise the port of a server that has just ended would seem to be in use.
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise StartError(
                f"There is no address {host!r}. Name one of this machine with --host."
            ) from None
        except OSError as error:
            raise StartError(_why_not_bound(error, host, port)) from None


def _why_not_bound(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program, perhaps by a Sijill that is "
            f"already running. Stop that one or choose another: --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs an administrator. Choose one above 1023 with --port."
    return (
        f"Cannot listen on {host}, port {port}: {error.strerror}. Try another --host."
    )


def _serve(host: str, port: int, environ: Mapping[str, str]) -> int:
    shown = f"[{host}]" if ":" in host else host
    opened = DEFAULT_HOST if host in _ANY_HOST else shown
    allowed = " ".join((*_LOCAL_HOSTS, *_own_names(host)))
    served = {
        "ALLOWED_HOSTS": allowed,
        **environ,
        "SIJILL_ADDRESS": f"http://{opened}:{port}/",
    }
    if os.name == "nt":
        arguments = ["manage.py", "runserver", "--noreload", f"{shown}:{port}"]
        sys.stdout.write(f"{served['SIJILL_ADDRESS']}\n")
    else:
        _check_workers(served)
        arguments = ["-m", "gunicorn", "--config", "python:config.gunicorn"]
        arguments += ["--bind", f"{shown}:{port}", "config.wsgi:application"]
    return _hand_over(arguments, served)


def _check_workers(environ: dict[str, str]) -> None:
    # Here, because gunicorn reads the variable before the configuration file.
    written = environ.pop("WEB_CONCURRENCY", "").strip()
    if not written:
        return
    if not written.isdecimal() or not int(written):
        raise StartError(
            f"WEB_CONCURRENCY cannot be {written!r}. Write the number of workers, 1 or "
            "more, or leave WEB_CONCURRENCY unset."
        )
    environ["WEB_CONCURRENCY"] = written


def _own_names(host: str) -> list[str]:
    """The host names by which other machines may reach a server on the host."""
    if host not in _ANY_HOST:
        return [] if host in _LOCAL_HOSTS else [f"[{host}]" if ":" in host else host]
    name = socket.gethostname()
    try:
        return [name, *socket.gethostbyname_ex(name)[2]]
    except OSError:
        return [name]


def _hand_over(arguments: list[str], environ: Mapping[str, str]) -> int:
    """Replace this process by the environment's Python, which then gets the signals."""
    os.chdir(BASE_DIR)
    command = [str(virtualenv.python()), *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, environ)  # noqa: S606 - no shell wanted
    # Windows has no exec. Ctrl-C reaches the child as well, which ends by itself.
    with subprocess.Popen(command, env=environ) as child:  # noqa: S603 - our own
        try:
            return child.wait()
        except KeyboardInterrupt:
            return child.wait()
