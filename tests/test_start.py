"""start.py in a copy of the project, run in a process as its user runs it.

The copy borrows the environment the tests run in, so nothing is installed;
tests/config/bootstrap/test_virtualenv.py makes environments.
"""

import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project_copy import (
    FILES,
    FOLDERS,
    PATIENCE,
    Project,
    copy_project,
    free_port,
    serving,
)

pytestmark = pytest.mark.slow

_PASSWORD_RE = re.compile(r"password +(\S+)")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The copy, whose environment is that of the tests."""
    return copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def first(project: Project) -> "subprocess.CompletedProcess[str]":
    """The first set-up of the copy."""
    done = project.run("setup")
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def served(project: Project, first: object) -> Iterator[int]:
    """The port of a running copy, which no test ends."""
    port = free_port()
    with serving(project, port):
        yield port


def _get(address: str, **headers: str) -> tuple[int, str, "dict[str, str]"]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            body = response.read().decode()
            return response.status, body, dict(response.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


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
        assert present == {*FOLDERS, *FILES, ".venv", "elsewhere"}
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
        said = [start.communicate(timeout=PATIENCE * 5) for start in starts]
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
        with serving(project, port) as process:
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
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
