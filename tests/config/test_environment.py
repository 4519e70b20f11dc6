"""The environment in .venv: when it is made, and that it needs no ensurepip."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment
from config.errors import StartError


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """An empty project whose requirements need no package index."""
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "RUNTIME", tmp_path / "requirements.txt")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return tmp_path


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment made for real, on a Python that seems to have no ensurepip."""
    root = tmp_path_factory.mktemp("environment")
    (root / "requirements.txt").write_text("# nothing\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "VENV", root / ".venv")
        patch.setattr(environment, "RUNTIME", root / "requirements.txt")
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setitem(sys.modules, "ensurepip", None)
        environment.ensure(environment.RUNTIME)
    return root / ".venv"


@pytest.fixture
def made(project: Path, made_once: Path, capsys) -> Path:
    """The empty project with its environment."""
    shutil.copytree(made_once, project / ".venv", symlinks=True)
    return project


@pytest.fixture
def nothing_to_install(monkeypatch) -> None:
    """Leaves the environment bare where a test only asks whether it is made anew."""
    monkeypatch.setattr(environment, "_install", lambda requirements: None)


class TestEnsure:
    def test_pip_comes_without_ensurepip(self, made: Path) -> None:
        done = subprocess.run(
            [environment.python(), "-m", "pip", "--version"],
            capture_output=True,
            text=True,
        )
        assert done.stdout.startswith("pip ")
        assert str(made / ".venv") in done.stdout

    def test_a_second_time_it_does_nothing(
        self, made: Path, monkeypatch, capsys
    ) -> None:
        monkeypatch.setattr(environment, "_run_pip", pytest.fail)
        environment.ensure(environment.RUNTIME)
        assert capsys.readouterr().err == ""

    def test_changed_requirements_are_installed(self, made: Path, capsys) -> None:
        (made / "requirements.txt").write_text("# something else\n")
        environment.ensure(environment.RUNTIME)
        assert "Installing" in capsys.readouterr().err

    def test_what_failed_is_tried_again(self, made: Path) -> None:
        (made / "requirements.txt").write_text("sijill-no-such-package==1\n")
        for _ in range(2):
            with pytest.raises(StartError, match="PIP_INDEX_URL"):
                environment.ensure(environment.RUNTIME)

    @pytest.mark.usefixtures("nothing_to_install")
    def test_a_lost_interpreter_is_replaced(self, made: Path, capsys) -> None:
        environment.python().unlink()
        environment.python().symlink_to(made / "removed-python")
        environment.ensure(environment.RUNTIME)
        assert "Making" in capsys.readouterr().err
        assert environment.python().exists()

    @pytest.mark.usefixtures("nothing_to_install")
    def test_another_version_of_python_gets_a_new_environment(
        self, made: Path, capsys
    ) -> None:
        stamp = made / ".venv/installed-requirements"
        stamp.write_text(stamp.read_text().replace("/python", "/old-python", 1))
        environment.ensure(environment.RUNTIME)
        assert "Making" in capsys.readouterr().err
