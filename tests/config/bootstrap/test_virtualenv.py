"""The environment in .venv: when it is created and what is installed in it."""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from config.bootstrap import virtualenv
from config.bootstrap.errors import StartError
from tests.sources import BASE_DIR

LOCKS = ("requirements", "requirements-dev", "requirements-build")
# "psycopg[binary]==3.3.9" of a list, "colorama==0.4.6 ; sys_platform …" of a lock
_PIN_RE = re.compile(r"^([a-z0-9.-]+)(?:\[\w+\])?==([^\s;]+)", re.MULTILINE)
_LOCKED_RE = re.compile(
    _PIN_RE.pattern + r"[^\n]*(?:\n    --hash=\S+.*)+", re.MULTILINE
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """A project whose requirements are empty and need no package index."""
    (tmp_path / "requirements.lock").write_text("# nothing\n")
    monkeypatch.setattr(virtualenv, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(virtualenv, "RUNTIME", tmp_path / "requirements.lock")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return tmp_path


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real environment, made by a Python without ensurepip."""
    root = tmp_path_factory.mktemp("environment")
    (root / "requirements.lock").write_text("# nothing\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(virtualenv, "VENV", root / ".venv")
        patch.setattr(virtualenv, "RUNTIME", root / "requirements.lock")
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setitem(sys.modules, "ensurepip", None)
        virtualenv.ensure(virtualenv.RUNTIME)
    return root / ".venv"


@pytest.fixture
def made(project: Path, made_once: Path, capsys) -> Path:
    """The project with its environment."""
    shutil.copytree(made_once, project / ".venv", symlinks=True)
    return project


@pytest.fixture
def nothing_to_install(monkeypatch) -> None:
    """Skip installing, for tests of whether the environment is created again."""
    monkeypatch.setattr(virtualenv, "_install", lambda requirements: None)


@pytest.mark.slow
class TestEnsure:
    def test_pip_is_installed_without_ensurepip(self, made: Path) -> None:
        done = subprocess.run(
            [virtualenv.python(), "-m", "pip", "--version"],
            capture_output=True,
            text=True,
        )
        assert done.stdout.startswith("pip ")
        assert str(made / ".venv") in done.stdout

    def test_second_call_does_nothing(self, made: Path, monkeypatch, capsys) -> None:
        monkeypatch.setattr(virtualenv, "_run_pip", pytest.fail)
        virtualenv.ensure(virtualenv.RUNTIME)
        assert capsys.readouterr().err == ""

    def test_changed_requirements_are_installed(self, made: Path, capsys) -> None:
        (made / "requirements.lock").write_text("# something else\n")
        virtualenv.ensure(virtualenv.RUNTIME)
        assert "Installing" in capsys.readouterr().err

    def test_failed_installation_is_repeated(self, made: Path) -> None:
        (made / "requirements.lock").write_text("sijill-no-such-package==1\n")
        for _ in range(2):
            with pytest.raises(StartError, match="PIP_INDEX_URL"):
                virtualenv.ensure(virtualenv.RUNTIME)

    @pytest.mark.usefixtures("nothing_to_install")
    def test_missing_interpreter_is_replaced(self, made: Path, capsys) -> None:
        virtualenv.python().unlink()
        virtualenv.python().symlink_to(made / "removed-python")
        virtualenv.ensure(virtualenv.RUNTIME)
        assert "Making" in capsys.readouterr().err
        assert virtualenv.python().exists()

    @pytest.mark.usefixtures("nothing_to_install")
    def test_other_python_version_gets_a_new_environment(
        self, made: Path, capsys
    ) -> None:
        stamp = made / ".venv/installed-requirements"
        stamp.write_text(stamp.read_text().replace("/python", "/old-python", 1))
        virtualenv.ensure(virtualenv.RUNTIME)
        assert "Making" in capsys.readouterr().err


class TestVerification:
    @pytest.fixture
    def wheel(self, made: Path, monkeypatch) -> Path:
        """A package in a folder, in place of an index."""
        path = made / "index/sijill_probe-1-py3-none-any.whl"
        path.parent.mkdir()
        about = "sijill_probe-1.dist-info"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("sijill_probe.py", "")
            archive.writestr(
                f"{about}/METADATA",
                "Metadata-Version: 2.1\nName: sijill-probe\nVersion: 1\n",
            )
            archive.writestr(
                f"{about}/WHEEL",
                "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            )
            archive.writestr(f"{about}/RECORD", "")
        monkeypatch.setenv("PIP_FIND_LINKS", str(path.parent))
        return path

    def _installed(self) -> bool:
        code = "import sijill_probe"
        return subprocess.run([virtualenv.python(), "-c", code]).returncode == 0

    def test_file_with_the_hash_is_installed(self, made: Path, wheel: Path) -> None:
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        virtualenv.RUNTIME.write_text(f"sijill-probe==1 --hash=sha256:{digest}\n")
        virtualenv.ensure(virtualenv.RUNTIME)
        assert self._installed()

    @pytest.mark.parametrize("hashes", [f" --hash=sha256:{'0' * 64}", ""])
    def test_file_with_another_hash_or_none_is_refused(
        self, made: Path, wheel: Path, capsys, hashes: str
    ) -> None:
        virtualenv.RUNTIME.write_text(f"sijill-probe==1{hashes}\n")
        with pytest.raises(StartError, match=r"pip's own words"):
            virtualenv.ensure(virtualenv.RUNTIME)
        assert "hash" in capsys.readouterr().err.lower()
        assert not self._installed()

    def test_build_requirements_are_verified(self, made: Path) -> None:
        """django-haystack is built on installation, by packages from the index."""
        locked = (BASE_DIR / "requirements-build.lock").read_text("utf-8")
        assert {"setuptools", "setuptools-scm", "wheel"} <= {
            name for name, _ in _LOCKED_RE.findall(locked)
        }
        assert virtualenv.BUILDING == BASE_DIR / "requirements-build.lock"


class TestLocks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_every_package_has_hashes(self, name: str) -> None:
        locked = (BASE_DIR / f"{name}.lock").read_text("utf-8")
        assert _LOCKED_RE.findall(locked) == _PIN_RE.findall(locked)

    @pytest.mark.parametrize("name", LOCKS)
    def test_locks_have_the_versions_of_the_lists(self, name: str) -> None:
        """If this fails, run `bash .ci/lock`."""
        listed = (BASE_DIR / f"{name}.txt").read_text("utf-8")
        locked = (BASE_DIR / f"{name}.lock").read_text("utf-8")
        assert set(_PIN_RE.findall(listed)) <= set(_PIN_RE.findall(locked))

    def test_development_lock_has_the_runtime_versions(self) -> None:
        site, tools = (
            set(_PIN_RE.findall((BASE_DIR / f"{name}.lock").read_text("utf-8")))
            for name in LOCKS[:2]
        )
        assert site <= tools
