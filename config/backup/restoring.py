"""Restores a backup: `open_backup`, `OpenBackup.check`, `OpenBackup.restore`."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from config.backup import databases
from config.backup.making import DATABASE, UPLOADS
from config.backup.manifest import Manifest
from config.backup.packing import unpack


class RestoreRefused(Exception):
    """The backup is intact, but does not suit this site; the message says why."""


@dataclass(frozen=True, slots=True)
class OpenBackup:
    """A backup that has been unpacked to ``folder`` and checked completely."""

    manifest: Manifest
    folder: Path

    def check(self) -> None:
        """Raise RestoreRefused where the backup does not suit this site."""
        if self.manifest.vendor != connection.vendor:
            raise RestoreRefused(
                _(
                    "The backup is of %(theirs)s and this site's database is %(ours)s."
                    " Restore it on its own kind and move it: see docs/serving.md."
                )
                % {"theirs": self.manifest.vendor, "ours": connection.vendor}
            )
        on_disk = MigrationLoader(None).disk_migrations or {}
        known = {f"{app}.{name}" for app, name in on_disk}
        if unknown := set(self.manifest.migrations) - known:
            raise RestoreRefused(
                _(
                    "The backup is of a later version of Sijill (%(migration)s)."
                    " Upgrade, then restore it."
                )
                % {"migration": min(unknown)}
            )
        others = set(connection.introspection.table_names()) - set(self.manifest.tables)
        if connection.vendor == "postgresql" and others:
            raise RestoreRefused(
                _(
                    "The database has tables that the backup has not (%(table)s)."
                    " Name an empty database in DATABASE_URL."
                )
                % {"table": min(others)}
            )

    def restore(self) -> None:
        """Replace the content of the database, write the uploads, compare the articles.

        Raises DatabaseRefused, and RestoreRefused where the articles differ.
        """
        databases.load(self.folder / DATABASE)
        root, uploads = Path(settings.MEDIA_ROOT), self.folder / UPLOADS
        for path in uploads.rglob("*"):
            target = root / path.relative_to(uploads)
            if path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        restored = databases.digest_database()
        if restored.content != self.manifest.content:
            raise RestoreRefused(
                _("What was restored is not what was backed up. Restore it again.")
            )

    def list_other_settings(self) -> dict[str, str]:
        """The variables that had other values where the backup was made."""
        return {
            name: value
            for name, value in self.manifest.settings.items()
            if os.environ.get(name) != value
        }


@contextmanager
def open_backup(
    source: Path, progress: Callable[[int], object]
) -> Iterator[OpenBackup]:
    """Unpack and check the backup in a temporary folder, which is removed at the end.

    Raises BackupDamaged, FileNotFoundError, OSError.
    """
    data_dir = Path(settings.DATA_DIR)
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix="restore-") as name:
        yield OpenBackup(unpack(source, Path(name), progress), Path(name))
