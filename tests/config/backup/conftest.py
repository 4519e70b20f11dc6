"""Sites with an archive, and a backup of one."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.backup.packing import pack, unpack
from tests.config.backup.processes import KEY, SESSION, UPLOAD, make_manager


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a site with the sample, an upload and a session.

    Tests leave it as it is, and the backup of it.
    """
    data_dir = tmp_path_factory.mktemp("site")
    manage = make_manager(data_dir)
    manage("migrate", "--verbosity", "0")
    manage("load_sample", "--verbosity", "0")
    (data_dir / "media").mkdir()
    (data_dir / "media" / UPLOAD).write_bytes(b"\xff\xd8")
    (data_dir / "secret-key").write_text(KEY)
    file = data_dir / "sijill.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute(
            "INSERT INTO django_session VALUES (?, 'data', '2999-01-01')", [SESSION]
        )
    return data_dir


@pytest.fixture(scope="session")
def backup(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "archive.backup"
    make_manager(site, SITE_NAME_AR="أرشيفنا")("backup", str(file))
    return file


@pytest.fixture
def forge(backup: Path, tmp_path: Path) -> Callable[..., Path]:
    """Rewrite the backup with other values in its manifest."""

    def write(**values: Any) -> Path:
        folder = tmp_path / "forging"
        folder.mkdir()
        manifest = unpack(backup, folder, lambda size: None)
        target = tmp_path / "forged.backup"
        pack(target, replace(manifest, **values), folder, lambda size: None)
        return target

    return write


@pytest.fixture
def other_site(site: Path, tmp_path: Path) -> Path:
    """A data directory with another archive: one article fewer."""
    data_dir = tmp_path / "other"
    shutil.copytree(site, data_dir)
    file = data_dir / "sijill.sqlite3"
    # Closed, so that the WAL is checkpointed now and not by a later process.
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("DELETE FROM archive_article WHERE id = 7")
    return data_dir
