"""Uploaded files, kept until their batch is deleted, and the process that reads one."""

import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from archive.importing.batches.jobs import run_batch, stored_path
from archive.models import ImportBatch

FOLDER: Final = "uploads"
MAX_NAME_LENGTH: Final = 120
_FOLDER_MODE: Final = 0o700


def store(upload: "UploadedFile[bytes]") -> str:
    """Store the upload; its path below the data directory.

    The name has a random part, and keeps the suffixes by which formats are told.
    """
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    suffixes = "".join(Path(upload.name or "").suffixes[-2:])
    safe = "".join(each for each in suffixes if each.isalnum() or each == ".")
    name = f"{secrets.token_hex(8)}{safe[:MAX_NAME_LENGTH]}"
    with (folder / name).open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    return f"{FOLDER}/{name}"


def remove(batch: ImportBatch) -> None:
    """Remove the uploaded file, unless another batch reads it too."""
    others = ImportBatch.objects.filter(stored_file=batch.stored_file)
    if batch.stored_file and not others.exclude(pk=batch.pk).exists():
        stored_path(batch).unlink(missing_ok=True)


def start(batch: ImportBatch) -> None:
    """Run the batch in a process of its own, which outlives the request.

    With `IMPORTS_IN_REQUEST`, which is for tests, it is run before this returns.
    """
    if settings.IMPORTS_IN_REQUEST:
        run_batch(batch.pk)
        return
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
    subprocess.Popen(  # noqa: S603
        [*command, "run_import", str(batch.pk)],
        cwd=settings.BASE_DIR,
        env=os.environ.copy(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
