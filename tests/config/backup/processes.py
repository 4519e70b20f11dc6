"""Commands of a site as processes, and reading what they leave on the disk."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.forked import run_python
from tests.sources import BASE_DIR

KEY = "the-key-of-the-site-that-signs-all-its-sessions-0123456789"
SESSION = "sessionkeysessionkeysessionkey00"
DATABASE = "sijill.sqlite3"
UPLOAD = "صورة.jpg"
SAMPLE_SIZE = 100

Done = subprocess.CompletedProcess[str]
Manage = Callable[..., Done]


def make_environ(data_dir: Path, **variables: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SIJILL_DATA_DIR": str(data_dir),
        "SIJILL_LEXICON": os.environ["SIJILL_LEXICON"],
        "SECRET_KEY": KEY,
        "PYTHONIOENCODING": "utf-8",
        **variables,
    }


def make_manager(
    data_dir: Path, *, program: tuple[str, ...] = ("manage.py",), **variables: str
) -> Manage:
    def manage(*arguments: str, status: int = 0, **more: Any) -> Done:
        environ = make_environ(data_dir, **variables)
        if more:
            done = subprocess.run(
                [sys.executable, *program, *arguments],
                cwd=BASE_DIR,
                env=environ,
                capture_output=True,
                text=True,
                **more,
            )
        else:
            done = run_python(*program, *arguments, env=environ)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return manage


def read_hashes(data_dir: Path) -> list[tuple[int, str]]:
    return read_hashes_of(data_dir / DATABASE)


def read_hashes_of(file: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(
            "SELECT id, content_hash FROM archive_article ORDER BY id"
        ).fetchall()


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def list_kept(data_dir: Path) -> list[Path]:
    return sorted(data_dir.glob(f"{DATABASE}.replaced-*"))


def check_nothing_is_left(data_dir: Path) -> None:
    assert not list_scratch(data_dir)


def list_scratch(folder: Path) -> list[Path]:
    """Hidden files and folders, but for a folder that was killed while empty."""
    return [
        path
        for path in folder.glob(".*")
        if not path.name.startswith(".sijill-new-")
        or {inside.name for inside in path.iterdir()} - {"lock"}
    ]
