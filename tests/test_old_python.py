"""start.py tells a Python that is too old for the project, which must parse it."""

import shutil
import subprocess
import sys

import pytest

from tests.sources import BASE_DIR

_OLD_PYTHONS = ("python2", "python3.6", "python3.9", "python3.10")


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
