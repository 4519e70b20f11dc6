"""Makes ``.venv`` and keeps what is installed in it up to date: `ensure`.

Standard library only. pip comes from the wheel in vendor/, so a Python without
``ensurepip`` does as well as any other (docs/decisions/0002-one-command-set-up.md).
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

from config.bootstrap.errors import StartError

BASE_DIR = Path(__file__).resolve().parents[2]
VENV = BASE_DIR / ".venv"
# Made by .ci/lock from the .txt files beside them: what may be installed, by its hash.
RUNTIME = BASE_DIR / "requirements.lock"
DEVELOPMENT = BASE_DIR / "requirements-dev.lock"
BUILDING = BASE_DIR / "requirements-build.lock"

_PYTHON = Path("Scripts/python.exe") if os.name == "nt" else Path("bin/python")
_PACKAGES = "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
_QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")
# Wheels alone, so that no package runs code of its own while it is installed, but for
# the one that is published as source.
_VERIFIED = (
    "--require-hashes", "--only-binary", ":all:", "--no-binary", "django-haystack",
)  # fmt: skip


def python() -> Path:
    """The interpreter of the environment, whether or not it exists yet."""
    return VENV / _PYTHON


def ensure(requirements: Path) -> None:
    """Install what the lock file names, unless exactly that was installed before.

    pip refuses a file whose hash is not in it.

    Raises StartError with the remedy where the environment cannot be made.
    """
    stamp_file = VENV / f"installed-{requirements.stem}"
    stamp = stamp_file.read_text("utf-8") if stamp_file.is_file() else ""
    interpreter = str(python().resolve())
    if python().exists() and stamp == _stamp(requirements, interpreter):
        return
    # After an upgrade of the machine's Python the installed packages are out of its
    # reach, so the environment is made anew; it holds nothing that is not reinstalled.
    moved = bool(stamp) and not stamp.startswith(f"{interpreter}\n")
    if moved or not python().exists():
        _create()
    _say("Installing what the site runs on; the first time takes a minute …")
    _install(requirements)
    interpreter = str(python().resolve())
    stamp_file.write_text(_stamp(requirements, interpreter), "utf-8")


def _stamp(requirements: Path, interpreter: str) -> str:
    digest = hashlib.sha256()
    for file in (BUILDING, requirements):
        digest.update(file.read_bytes())
    return f"{interpreter}\n{digest.hexdigest()}\n"


def _create() -> None:
    _say(f"Making the environment {VENV} …")
    builder = venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=False)
    builder.create(VENV)


def _install(requirements: Path) -> None:
    wheel = max((BASE_DIR / "vendor").glob("pip-*.whl"))
    if not _has_pip(wheel):
        from_wheel = [str(python()), str(wheel / "pip"), "install", *_QUIET]
        _run_pip([*from_wheel, "--no-index", "--upgrade", str(wheel)])
    install = [str(python()), "-m", "pip", "install", *_QUIET, *_VERIFIED]
    files = ["--build-constraint", str(BUILDING), "--requirement", str(requirements)]
    _run_pip([*install, *files])


def _has_pip(wheel: Path) -> bool:
    project, version = wheel.name.split("-")[:2]
    return any(VENV.glob(f"{_PACKAGES}/{project}-{version}.dist-info"))


def _run_pip(command: list[str]) -> None:
    # PIP_USER would send the packages out of the environment.
    environ = os.environ | {"PIP_USER": "0", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603 - the environment's own interpreter
        command, env=environ, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise StartError(
            "The packages could not be installed; pip's own words stand above. Check "
            "that this machine reaches a package index (PIP_INDEX_URL names another "
            "one, PIP_FIND_LINKS a folder of wheels), then run the command again."
        )


def _say(sentence: str) -> None:
    # Not to standard output, which belongs to the command that is run next.
    sys.stderr.write(f"{sentence}\n")
