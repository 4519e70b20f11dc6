"""Restores a backup: `open_backup`, `OpenBackup.check`, `OpenBackup.restore`."""

import filecmp
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup.databases import scratch_parent, site_database
from config.backup.making import DATABASE, UPLOADS
from config.backup.manifest import Manifest
from config.backup.moving import bring, name_aside
from config.backup.packing import unpack
from config.backup.scratch import scratch_folder


class RestoreRefused(Exception):
    """The backup is intact, but does not suit this site; the message says why."""


@dataclass(frozen=True, slots=True)
class OpenBackup:
    """A backup that has been unpacked to ``folder``, with all checksums right."""

    manifest: Manifest
    folder: Path

    def check(self) -> None:
        """Read the whole dump and compare it with the manifest; change nothing.

        Raises DatabaseRefused, and RestoreRefused where the backup does not suit this
        site.
        """
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
        site_database().check(self.folder / DATABASE, self.manifest)

    def restore(self) -> list[str]:
        """Replace database and uploads; returns the names under which both are kept.

        These are names of files, folders and schemas. Raises DatabaseRefused and
        OSError, and then has changed nothing.
        """
        date = timezone.localtime().strftime("%Y-%m-%dT%H%M")
        with ExitStack() as undo:
            aside = self._put_uploads(date, undo)
            # Last, because it is one step.
            kept = site_database().replace(self.folder / DATABASE, self.manifest, date)
            undo.pop_all()
        return [name for name in (kept, aside) if name]

    def _put_uploads(self, date: str, undo: ExitStack) -> str:
        """Move the uploads to their places; keep other files of the same name."""
        root, uploads = Path(settings.MEDIA_ROOT), self.folder / UPLOADS
        aside = name_aside(root, date)
        undo.callback(_remove_empty_folders, aside)
        for path in uploads.rglob("*"):
            target = root / path.relative_to(uploads)
            if not path.is_file():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                undo.callback(target.unlink, missing_ok=True)
            elif filecmp.cmp(path, target, shallow=False):
                continue
            else:
                kept = aside / path.relative_to(uploads)
                kept.parent.mkdir(parents=True, exist_ok=True)
                undo.callback(_move_back, kept, target)
                target.rename(kept)
            bring(path, target)
        return str(aside) if aside.exists() else ""

    def list_other_settings(self) -> dict[str, str]:
        """The variables that had other values where the backup was made."""
        return {
            name: value
            for name, value in self.manifest.settings.items()
            if os.environ.get(name) != value
        }


def _move_back(kept: Path, target: Path) -> None:
    if kept.exists():
        target.unlink(missing_ok=True)
        kept.rename(target)


def _remove_empty_folders(root: Path) -> None:
    """Remove *root* and the folders in it, but for those in which a file is left."""
    for folder, _folders, _files in os.walk(root, topdown=False):
        with suppress(OSError):
            Path(folder).rmdir()


@contextmanager
def open_backup(
    source: Path, progress: Callable[[int], object]
) -> Iterator[OpenBackup]:
    """Unpack and check the backup in a temporary folder, which is removed at the end.

    Raises BackupDamaged, FileNotFoundError, OSError.
    """
    parent = scratch_parent(Path(settings.DATA_DIR))
    parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(parent) as folder:
        yield OpenBackup(unpack(source, folder, progress), folder)
