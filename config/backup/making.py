"""Makes a backup while the site is in use."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config.backup import databases
from config.backup.manifest import Manifest
from config.backup.packing import describe, pack
from config.env_vars import SITE_VARIABLES

DATABASE: Final = "database"
UPLOADS: Final = "media"


def make_backup(target: Path, progress: Callable[[int], object]) -> Manifest:
    """Write database, uploads and settings to *target*, without secrets.

    The folder of *target* needs room for a second copy of the database. *progress* is
    called with numbers of bytes. Raises DatabaseRefused and OSError, and then leaves no
    file behind.
    """
    prefix = f".{target.name}-"
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=prefix) as name:
        folder = Path(name)
        dumped = databases.dump(folder / DATABASE)
        files = [DATABASE, *_copy_uploads(folder)]
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            vendor=connection.vendor,
            articles=dumped.articles,
            content=dumped.content,
            migrations=tuple(list_migrations()),
            tables=tuple(sorted(connection.introspection.table_names())),
            settings=read_variables(),
            files={name: describe(folder / name) for name in files},
        )
        pack(target, manifest, folder, progress)
    return manifest


def list_migrations() -> list[str]:
    """The migrations applied to the database, as ``archive.0001_initial``, sorted."""
    return sorted(
        f"{app}.{name}"
        for app, name in MigrationRecorder(connection).applied_migrations()
    )


def read_variables() -> dict[str, str]:
    """The values of those `SITE_VARIABLES` that are set."""
    return {name: os.environ[name] for name in SITE_VARIABLES if os.environ.get(name)}


def _copy_uploads(folder: Path) -> Iterator[str]:
    """Copy the uploads, so that checksums and packed files agree; their names."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = f"{UPLOADS}/{path.relative_to(root).as_posix()}"
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            yield name
