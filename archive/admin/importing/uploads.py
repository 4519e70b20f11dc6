"""Uploaded files, kept until their batch is deleted, and the process that reads one."""

import os
import secrets
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import ngettext

from archive.importing.batches.jobs import claim_batch, run_batch, stored_path
from archive.models import ImportBatch
from archive.templatetags.display import number

FOLDER: Final = "uploads"
MAX_NAME_LENGTH: Final = 120
_FOLDER_MODE: Final = 0o700
_TITLE_LENGTH: Final = 300


def store(upload: "UploadedFile[bytes]", kind: str, user_id: int | None) -> ImportBatch:
    """Store the upload below the data directory, as a waiting batch.

    The name has a random part, and keeps the suffixes by which formats are told.
    """
    suffixes = "".join(Path(upload.name or "").suffixes[-2:])
    safe = "".join(each for each in suffixes if each.isalnum() or each == ".")
    path = _new_path(safe[:MAX_NAME_LENGTH])
    with path.open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    return _build_batch(path, upload.name or "", kind, user_id)


def store_pages(
    pages: "Sequence[UploadedFile[bytes]]", kind: str, user_id: int | None
) -> ImportBatch:
    """Store pages as one zip archive, as a waiting batch.

    Browsers tell the names of files without their folders: the second page of a name
    has a number before it.
    """
    path = _new_path(".zip")
    names: Counter[str] = Counter()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in pages:
            name = page.name or ""
            names[name] += 1
            entry = name if names[name] == 1 else f"{names[name]}/{name}"
            with archive.open(entry, "w") as stream:
                for chunk in page.chunks():
                    stream.write(chunk)
    count = {"count": number(len(pages))}
    title = ngettext("%(count)s page", "%(count)s pages", len(pages)) % count
    return _build_batch(path, title, kind, user_id)


def _build_batch(path: Path, name: str, kind: str, user_id: int | None) -> ImportBatch:
    return ImportBatch.objects.create(
        kind=kind,
        file_name=name[:_TITLE_LENGTH],
        stored_file=f"{FOLDER}/{path.name}",
        bytes_total=path.stat().st_size,
        started_by_id=user_id,
    )


def _new_path(suffix: str) -> Path:
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    return folder / f"{secrets.token_hex(8)}{suffix}"


def remove(batch: ImportBatch) -> None:
    """Remove the uploaded file, unless another batch reads it too."""
    others = ImportBatch.objects.filter(stored_file=batch.stored_file)
    if batch.stored_file and not others.exclude(pk=batch.pk).exists():
        stored_path(batch).unlink(missing_ok=True)


def start(batch: ImportBatch) -> None:
    """Run the batch in a process of its own, which outlives the request.

    It is running when this returns, though the process needs a second or two to
    begin: its page shows that, and a second click finds it taken. Whether it is a dry
    run is saved here. Raises `BatchBusy` where another request has started it. With
    `IMPORTS_IN_REQUEST`, which is for tests, it is run before this returns.
    """
    claim_batch(batch.pk)
    batch.save(update_fields=["is_dry_run", "seen_at"])
    if settings.IMPORTS_IN_REQUEST:
        run_batch(batch.pk, is_claimed=True)
        return
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
    subprocess.Popen(  # noqa: S603
        [*command, "run_import", str(batch.pk), "--claimed"],
        cwd=settings.BASE_DIR,
        env=os.environ.copy(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
