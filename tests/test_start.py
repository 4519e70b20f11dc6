"""start.py in a copy of the project, run in a process as its user runs it.

The copy borrows the environment the tests run in, so nothing is installed;
tests/config/bootstrap/test_virtualenv.py makes environments.
"""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from config.bootstrap import virtualenv
from tests.sources import BASE_DIR

pytestmark = pytest.mark.slow

_COPIED = ("archive", "config", "locale", "sample", "search", "static", "templates")
_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
_FILES = ("manage.py", "start.py", *_LOCKS)
_OLD_PYTHONS = ("python2", "python3.6", "python3.9", "python3.10")
_PATIENCE = 60
_PASSWORD_RE = re.compile(r"password +(\S+)")


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
            timeout=_PATIENCE * 3,
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


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The copy, whose environment is that of the tests."""
    root = tmp_path_factory.mktemp("project")
    for name in _COPIED:
        # With what is compiled of it, which each command would compile again.
        ignored = shutil.ignore_patterns("*.mo")
        shutil.copytree(BASE_DIR / name, root / name, ignore=ignored)
    for name in _FILES:
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


@pytest.fixture(scope="module")
def first(project: Project) -> "subprocess.CompletedProcess[str]":
    """The first set-up of the copy."""
    done = project.run("setup")
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    return free


@pytest.fixture
def port() -> int:
    return _free_port()


@contextmanager
def _serving(project: Project, port: int) -> "Iterator[subprocess.Popen[str]]":
    """The copy, serving on the port."""
    process = project.serve(port)
    assert process.stdout is not None
    deadline = time.monotonic() + _PATIENCE
    for line in process.stdout:
        if f":{port}/ar/admin/" in line:
            break
        assert time.monotonic() < deadline
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE)
    process.stdout.close()
    process.stderr.close()  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def served(project: Project, first: object) -> Iterator[int]:
    """The port of a running copy, which no test ends."""
    port = _free_port()
    with _serving(project, port):
        yield port


def _get(address: str, **headers: str) -> tuple[int, str, "dict[str, str]"]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            body = response.read().decode()
            return response.status, body, dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


class TestWrongPython:
    def test_old_python_is_refused_in_two_languages(self) -> None:
        code = (
            "import sys, runpy; sys.version_info = (3, 9, 2); "
            "runpy.run_path('start.py', run_name='__main__')"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=BASE_DIR, capture_output=True
        )
        assert done.returncode == 1
        assert "needs Python 3.11 or newer; this is Python 3.9" in done.stderr.decode()
        assert "يحتاج سجلّ إلى بايثون 3.11 أو أحدث" in done.stderr.decode()

    def test_older_pythons_can_parse_the_file(self) -> None:
        programs = [name for name in _OLD_PYTHONS if _runs(name)]
        if not programs:
            pytest.skip(f"None of {', '.join(_OLD_PYTHONS)} on this machine")
        for program in programs:
            done = subprocess.run(
                [program, "start.py"], cwd=BASE_DIR, capture_output=True
            )
            assert done.returncode == 1
            assert "needs Python 3.11" in done.stderr.decode()
            assert "Traceback" not in done.stderr.decode()


def _runs(program: str) -> bool:
    if shutil.which(program) is None:
        return False
    return subprocess.run([program, "-V"], capture_output=True).returncode == 0


class TestArguments:
    def test_help_names_the_commands(self, project: Project) -> None:
        done = project.run("--help")
        assert done.returncode == 0
        for command in ("setup", "install", "manage COMMAND", "test", "--no-sample"):
            assert command in done.stdout

    @pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
    def test_wrong_port_is_refused(self, project: Project, port: str) -> None:
        done = project.run("--port", port)
        assert done.returncode == 2
        assert "--port" in done.stderr

    def test_unknown_command_is_refused(self, project: Project) -> None:
        assert project.run("sart").returncode == 2

    def test_ascii_terminal_shows_help(self, project: Project) -> None:
        assert project.run("--help", PYTHONIOENCODING="ascii").returncode == 0


class TestInstall:
    def test_install_touches_no_data(self, project: Project, tmp_path: Path) -> None:
        data_dir = tmp_path / "data"
        done = project.run("install", SIJILL_DATA_DIR=str(data_dir))
        assert (done.returncode, done.stdout) == (0, "")
        assert not data_dir.exists()


class TestSetup:
    def test_administrator_password_is_shown_once(
        self, project: Project, first
    ) -> None:
        password = _PASSWORD_RE.search(first.stdout)
        assert password is not None
        admin = "__import__('django.contrib.auth').contrib.auth.models.User.objects.get"
        right = f"{admin}(username='admin').check_password({password[1]!r})"
        assert project.ask(right) == "True"
        assert _PASSWORD_RE.search(project.run("setup").stdout) is None

    def test_data_directory_is_private(self, project: Project, first) -> None:
        assert project.data_dir.stat().st_mode & 0o777 == 0o700
        public = {project.data_dir / name for name in ("static", "locale")}
        written = set(project.data_dir.iterdir()) - public
        assert project.data_dir / "sijill.sqlite3" in written
        assert [path for path in written if path.stat().st_mode & 0o077] == []

    def test_open_files_of_before_are_closed(self, project: Project, first) -> None:
        database = project.data_dir / "sijill.sqlite3"
        database.chmod(0o644)
        assert project.run("manage", "check").returncode == 0
        assert database.stat().st_mode & 0o777 == 0o600

    def test_sample_is_loaded(self, project: Project, first) -> None:
        assert project.count_articles() >= 60

    def test_nothing_is_written_outside_the_data_directory(
        self, project: Project, first
    ) -> None:
        present = {path.name for path in project.root.iterdir()}
        assert present == {*_COPIED, *_FILES, ".venv", "elsewhere"}
        assert list(project.root.rglob("locale/**/*.mo")) == list(
            project.data_dir.rglob("*.mo")
        )

    def test_second_set_up_keeps_changes(self, project: Project, first) -> None:
        key = (project.data_dir / "secret-key").read_text()
        count = project.ask(
            "["
            "Article.objects.filter(pk=Article.objects.earliest('pk').pk)"
            ".update(title='عنوان غيّره المحرّر'),"
            "Article.objects.latest('pk').delete(),"
            "Article.objects.count()][-1]"
        )
        assert project.run("setup").returncode == 0
        assert (project.data_dir / "secret-key").read_text() == key
        assert project.ask(
            "Article.objects.count(), Article.objects.earliest('pk').title"
        ) == (f"{count} عنوان غيّره المحرّر")

    def test_first_starts_at_once_make_one_archive(
        self, project: Project, tmp_path: Path
    ) -> None:
        data_dir = tmp_path / "data"
        environ = project.environ | {"SIJILL_DATA_DIR": str(data_dir)}
        starts = [
            subprocess.Popen(
                [sys.executable, "start.py", "setup"],
                cwd=project.root,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        said = [start.communicate(timeout=_PATIENCE * 5) for start in starts]
        assert [start.returncode for start in starts] == [0, 0, 0], said
        printed = "".join(out for out, _errors in said)
        assert len(_PASSWORD_RE.findall(printed)) == 1
        assert printed.count("Loading the sample archive") == 1
        assert "waiting for it" in printed
        assert not any("Traceback" in errors for _out, errors in said)
        site = Project(project.root, data_dir, environ)
        assert site.count_articles() == 100

    def test_lost_database_is_no_new_archive(
        self, project: Project, first, tmp_path: Path
    ) -> None:
        data_dir = tmp_path / "data"
        shutil.copytree(project.data_dir, data_dir)
        environ = project.environ | {"SIJILL_DATA_DIR": str(data_dir)}
        site = Project(project.root, data_dir, environ)
        for file in data_dir.glob("sijill.sqlite3*"):
            file.unlink()
        for arguments in ([], ["setup"]):
            done = site.run(*arguments)
            assert done.returncode == 2
            assert "manage restore FILE" in done.stderr
            assert "فاستعيدوا نسخة احتياطية" in done.stderr
        assert site.run("setup", "--new-archive").returncode == 0
        assert site.count_articles() == 100

    def test_archive_without_sample_stays_empty(
        self, project: Project, tmp_path: Path
    ) -> None:
        empty = Project(
            project.root,
            tmp_path,
            project.environ | {"SIJILL_DATA_DIR": str(tmp_path)},
        )
        assert empty.run("setup", "--no-sample").returncode == 0
        assert empty.run("setup").returncode == 0
        assert empty.count_articles() == 0

    @pytest.mark.parametrize("workers", ["many", "0", "-1"])
    def test_wrong_number_of_workers_is_named(
        self, project: Project, first, port: int, workers: str
    ) -> None:
        done = project.run("--port", str(port), WEB_CONCURRENCY=workers)
        assert done.returncode == 1
        assert f"WEB_CONCURRENCY cannot be '{workers}'" in done.stderr
        assert "Traceback" not in done.stderr

    def test_wrong_setting_is_named(self, project: Project, first) -> None:
        done = project.run("setup", MONTH_NAMES="iraqi")
        assert done.returncode != 0
        assert "MONTH_NAMES cannot be 'iraqi'" in done.stderr
        assert "Traceback" not in done.stderr

    def test_unreachable_database_is_named(
        self, project: Project, port: int, tmp_path: Path
    ) -> None:
        address = f"postgres://amina:open-sesame@127.0.0.1:{port}/sijill"
        done = project.run("setup", DATABASE_URL=address, SIJILL_DATA_DIR=str(tmp_path))
        assert done.returncode == 1
        assert "DATABASE_URL" in done.stderr
        assert "open-sesame" not in done.stderr
        assert "Traceback" not in done.stderr

    def test_unusable_data_directory_is_named(self, project: Project) -> None:
        done = project.run("setup", SIJILL_DATA_DIR=str(project.root / "manage.py"))
        assert done.returncode == 1
        assert "manage.py" in done.stderr
        assert "Traceback" not in done.stderr


class TestServe:
    def test_announced_address_is_served(self, served: int) -> None:
        address = f"http://127.0.0.1:{served}/"
        status, body, headers = _get(address)
        assert status == 200
        assert 'lang="ar"' in body
        assert "default-src 'self'" in headers["Content-Security-Policy"]

    def test_static_files_are_hashed_and_cached(self, served: int) -> None:
        address = f"http://127.0.0.1:{served}"
        _, body, _ = _get(f"{address}/ar/admin/login/")
        style = re.search(r'href="(/static/admin/css/base\.[0-9a-f]{12}\.css)"', body)
        assert style is not None
        status, _, headers = _get(address + style[1])
        assert status == 200
        assert "immutable" in headers["Cache-Control"]

    def test_robots_txt_is_served(self, served: int) -> None:
        status, body, _ = _get(f"http://127.0.0.1:{served}/robots.txt")
        assert status == 200
        assert "User-agent:" in body

    def test_query_of_ten_thousand_letters_reaches_the_site(self, served: int) -> None:
        query = "%D8%B3" * 10_000
        status, body, _ = _get(f"http://127.0.0.1:{served}/ar/search/?q={query}")
        assert status == 400
        assert 'lang="ar"' in body

    def test_unknown_host_is_refused(self, served: int) -> None:
        status, _, _ = _get(f"http://127.0.0.1:{served}/ar/", Host="evil.example")
        assert status == 400

    def test_sigint_stops_it_cleanly(
        self, project: Project, first: object, port: int
    ) -> None:
        with _serving(project, port) as process:
            process.send_signal(signal.SIGINT)
            assert process.wait(_PATIENCE) == 0
            assert process.stderr is not None
            assert "Traceback" not in process.stderr.read()

    def test_taken_port_is_named_with_the_remedy(
        self, served: int, project: Project
    ) -> None:
        done = project.run("--port", str(served))
        assert done.returncode == 1
        assert f"Port {served} is taken" in done.stderr
        assert f"--port {served + 1}" in done.stderr

    def test_wrong_setting_is_named(self, project: Project, first, port: int) -> None:
        done = project.run("--port", str(port), MONTH_NAMES="iraqi")
        assert done.returncode == 1
        assert "MONTH_NAMES cannot be 'iraqi'" in done.stderr
        assert "Traceback" not in done.stderr

    def test_address_of_another_machine_is_refused(self, project: Project) -> None:
        done = project.run("--host", "192.0.2.1")
        assert done.returncode == 1
        assert "--host" in done.stderr


class TestManage:
    def test_arguments_and_exit_code_are_passed_through(
        self, project: Project, first
    ) -> None:
        done = project.run("manage", "shell", "-c", "import sys; sys.exit(7)")
        assert done.returncode == 7

    def test_closed_pipe_ends_quietly(self, project: Project, first) -> None:
        code = "for _ in range(100_000): print('a long line for nobody at all')"
        with subprocess.Popen(
            [sys.executable, "start.py", "manage", "shell", "-c", code],
            cwd=project.root,
            env=project.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            complaints = process.stderr.read()
        assert "Traceback" not in complaints
        assert process.returncode == 141

    def test_command_works_before_set_up(
        self, project: Project, tmp_path: Path
    ) -> None:
        done = project.run("manage", "check", SIJILL_DATA_DIR=str(tmp_path))
        assert done.returncode == 0, done.stderr


class TestTest:
    def test_arguments_are_those_of_pytest(self, project: Project) -> None:
        done = project.run("test", "--version")
        assert done.returncode == 0
        assert (done.stdout + done.stderr).startswith("pytest ")
