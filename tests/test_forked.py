"""Processes that are forks of one that has the libraries imported."""

import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.forked import Done, run_python
from tests.sources import BASE_DIR

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this system does not fork"
)

_OWN = ("archive.", "search.", "config.")
PRINT = "import json, os, sys; print(json.dumps([{}]))"


def run(code: str, *arguments: str, **variables: str) -> Done:
    return run_python("-c", code, *arguments, env=variables)


class TestRunPython:
    def test_streams_are_read(self) -> None:
        done = run("import sys; print('قيل'); print('خطأ', file=sys.stderr)")
        assert (done.returncode, done.stdout, done.stderr) == (0, "قيل\n", "خطأ\n")

    def test_arguments_environment_and_folder_are_those_asked_for(self) -> None:
        code = PRINT.format("sys.argv, dict(os.environ), os.getcwd()")
        found = json.loads(run(code, "a", "ب", NAME="قيمة").stdout)
        assert found == [["-c", "a", "ب"], {"NAME": "قيمة"}, str(BASE_DIR)]

    @pytest.mark.parametrize(
        ("code", "status"),
        [
            ("import sys; sys.exit(3)", 3),
            ("raise ValueError", 1),
            ("import os; os.kill(os.getpid(), 9)", -signal.SIGKILL),
        ],
    )
    def test_status_is_that_of_a_process(self, code: str, status: int) -> None:
        assert run(code).returncode == status

    def test_error_is_a_traceback(self) -> None:
        assert run("raise ValueError('سبب')").stderr.endswith("ValueError: سبب\n")

    def test_code_at_the_exit_runs(self) -> None:
        assert run("import atexit; atexit.register(print, 1)").stdout == "1\n"

    def test_nothing_stands_on_the_standard_input(self) -> None:
        assert run("import sys; print(repr(sys.stdin.read()))").stdout == "''\n"

    def test_project_is_not_imported_beforehand(self) -> None:
        names = json.loads(run(PRINT.format("*sys.modules")).stdout)
        modules = {name.partition(".")[0] for name in names}
        assert not modules & {"archive", "search", "config", "tests", "pytest"}
        assert modules >= {"django"}

    def test_django_has_no_settings_beforehand(self) -> None:
        code = "from django.conf import settings; print(settings.configured)"
        assert run(code).stdout == "False\n"

    def test_several_run_at_once(self) -> None:
        with ThreadPoolExecutor(4) as pool:
            done = pool.map(lambda n: run(f"print({n})").stdout, range(8))
        assert [*done] == [f"{n}\n" for n in range(8)]

    def test_command_is_as_one_that_is_started(self) -> None:
        variables = {"DJANGO_SETTINGS_MODULE": "config.settings_test"}
        done = run_python("manage.py", "analyze", "--help", env=variables)
        assert done.returncode == 0
        assert "manage.py analyze" in done.stdout

    def test_module_is_run(self) -> None:
        done = run_python("-m", "this", env={})
        assert (done.returncode, "Tim Peters" in done.stdout) == (0, True)

    def test_random_numbers_differ(self) -> None:
        code = "import random; print(random.random())"
        assert len({run(code).stdout for _ in range(3)}) == 3


class TestSites:
    """Commands of a site, which has Django set up when the second one comes."""

    PRINT = (
        "import django, json, sys; before = 'config.settings' in sys.modules\n"
        "django.setup()\n"
        "from django.conf import settings\n"
        "commands = [name for name in sys.modules if '.management.commands.' in name]\n"
        "print(json.dumps([before, settings.SITE_NAME_EN, commands]))"
    )

    def _environ(self, data_dir: Path, **variables: str) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SIJILL_DATA_DIR": str(data_dir),
            "SECRET_KEY": "k" * 50,
            **variables,
        }

    def test_django_is_set_up_and_no_command_imported(self, tmp_path: Path) -> None:
        environ = self._environ(tmp_path)
        for _ in range(3):
            run_python("manage.py", "check", env=environ)
            found = json.loads(run_python("-c", self.PRINT, env=environ).stdout)
            assert found[:2] == [True, "Sijill"]
            assert not [name for name in found[2] if name.startswith(_OWN)]

    def test_settings_are_those_of_the_environment(self, tmp_path: Path) -> None:
        names = ["First", "Second", "First"]
        found = [
            run_python("-c", self.PRINT, env=self._environ(tmp_path, SITE_NAME_EN=name))
            for name in names
        ]
        assert [json.loads(done.stdout)[1] for done in found] == names

    def test_wrong_setting_is_told_by_each_command(self, tmp_path: Path) -> None:
        environ = self._environ(tmp_path, MONTH_NAMES="iraqi")
        for _ in range(2):
            done = run_python("manage.py", "check", env=environ)
            assert done.returncode == 1
            assert done.stderr.startswith("MONTH_NAMES cannot be 'iraqi'")

    def test_key_that_was_made_meanwhile_is_read(self, tmp_path: Path) -> None:
        environ = self._environ(tmp_path)
        del environ["SECRET_KEY"]
        done = run_python("manage.py", "check", env=environ)
        assert "SECRET_KEY is not set" in done.stderr
        for letter in "ab":
            (tmp_path / "secret-key").write_text(letter * 50)
            code = "from django.conf import settings; print(settings.SECRET_KEY[0])"
            assert run_python("-c", code, env=environ).stdout == f"{letter}\n"

    def test_password_of_a_command_is_its_own(self, tmp_path: Path) -> None:
        code = "import os; print(os.environ.get('DJANGO_SUPERUSER_PASSWORD'))"
        for password in ("one", "two"):
            environ = self._environ(tmp_path, DJANGO_SUPERUSER_PASSWORD=password)
            assert run_python("-c", code, env=environ).stdout == f"{password}\n"


def test_server_is_of_this_python() -> None:
    assert run("import sys; print(sys.executable)").stdout.strip() == sys.executable
