"""Makes a backup while the site is in use: `make_backup`."""

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

DATABASE: Final = "database"
UPLOADS: Final = "media"
# The variables of the README that describe the site. The others are secrets or the
# business of one machine.
KEPT_VARIABLES: Final = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CONTACT",
    "CSRF_TRUSTED_ORIGINS",
    "DIGITS",
    "EXPORT_GUEST_MAX_ROWS",
    "EXPORT_MAX_ROWS",
    "INDEX_MEMORY_MB",
    "INDEX_PROCESSES",
    "LOGIN_REQUIRED",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "MONTH_NAMES",
    "PROXY_COUNT",
    "RATE_EXPORT",
    "RATE_SEARCH",
    "READY_MAX_OUTBOX_SECONDS",
    "READY_MIN_FREE_MB",
    "SEARCH_MEMORY_MB",
    "SITE_NAME_AR",
    "SITE_NAME_EN",
    "TIME_ZONE",
)


def make_backup(target: Path, progress: Callable[[int], object]) -> Manifest:
    """Write database, uploads and settings to *target*; secrets stay out.

    Beside it there must be room for the database once more. *progress* is called
    with numbers of bytes. Raises DatabaseRefused and OSError, and leaves nothing then.
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
    """The migrations that the site's database has had, as ``archive.0001_initial``."""
    return sorted(
        f"{app}.{name}"
        for app, name in MigrationRecorder(connection).applied_migrations()
    )


def read_variables() -> dict[str, str]:
    """The kept variables that are set."""
    return {name: os.environ[name] for name in KEPT_VARIABLES if os.environ.get(name)}


def _copy_uploads(folder: Path) -> Iterator[str]:
    """Copy the uploads first, so that what is packed is what was summed."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = f"{UPLOADS}/{path.relative_to(root).as_posix()}"
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            yield name
