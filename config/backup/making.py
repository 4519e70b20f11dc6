"""Makes a backup while the site is in use."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from config.backup.databases import site_database
from config.backup.manifest import Manifest
from config.backup.packing import describe, pack
from config.backup.scratch import scratch_folder
from config.env_vars import SITE_VARIABLES

DATABASE: Final = "database"
UPLOADS: Final = "media"
# The name of the backup until it is complete.
_PACKED: Final = "packed"


def make_backup(target: Path, progress: Callable[[int], object]) -> Manifest:
    """Write database, uploads and settings to *target*, without secrets.

    The folder of *target* needs room for a second copy of the database. *progress* is
    called with numbers of bytes. Raises DatabaseRefused and OSError, and then leaves no
    file behind; those that killed processes left in the folder are removed.
    """
    with scratch_folder(target.parent) as folder:
        facts = site_database().dump(folder / DATABASE)
        files = [DATABASE, *_copy_uploads(folder)]
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            vendor=connection.vendor,
            **asdict(facts),
            settings=read_variables(),
            files={name: describe(folder / name) for name in files},
        )
        packed = folder / _PACKED
        pack(packed, manifest, folder, progress)
        packed.replace(target)
    return manifest


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
