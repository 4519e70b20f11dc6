"""One file out of many, and many out of one: `pack`, `unpack`, `BackupDamaged`.

A backup is a gzipped tar whose first member is the manifest. It is read once, from
beginning to end, into a folder of its own, and nothing of it is used before every
byte has been compared with the sums in the manifest.
"""

import gzip
import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Final

from django.utils.translation import gettext as _

from config.backup.manifest import FORMAT, FileEntry, Manifest

MANIFEST: Final = "manifest.json"
CHUNK: Final = 1024 * 1024
# Text shrinks little more at higher levels, which take far longer.
_LEVEL: Final = 4
# It holds drafts, names and the hashes of passwords.
_PRIVATE: Final = 0o600
# A manifest that is longer belongs to no archive of ours.
_LONGEST_MANIFEST: Final = 256 * CHUNK

Progress = Callable[[int], object]


class BackupDamaged(Exception):
    """The file is no backup, or not as it was written."""


def describe(path: Path) -> FileEntry:
    """The size and the sum of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileEntry(size, digest.hexdigest())


def pack(target: Path, manifest: Manifest, folder: Path, progress: Progress) -> None:
    """Write the files of *manifest*, which are under *folder*, to *target*.

    The target appears when it is complete and on the disk, never before. *progress*
    is called with numbers of bytes.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
        with os.fdopen(descriptor, "wb") as raw:
            _write(raw, manifest, folder, progress)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write(
    raw: IO[bytes], manifest: Manifest, folder: Path, progress: Progress
) -> None:
    with (
        gzip.GzipFile("", "wb", _LEVEL, raw) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        written = manifest.to_json()
        _add(tar, MANIFEST, io.BytesIO(written), len(written))
        for name, entry in manifest.files.items():
            with (folder / name).open("rb") as file:
                _add(tar, name, file, entry.size)
            progress(entry.size)


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes], size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = _PRIVATE
    tar.addfile(info, file)


def unpack(source: Path, folder: Path, progress: Progress) -> Manifest:
    """Write the files of the backup under *folder*, each compared with its sum.

    Raises BackupDamaged, FileNotFoundError, and OSError where *folder* is full.
    *progress* is called with numbers of bytes.
    """
    try:
        with (
            source.open("rb") as raw,
            gzip.GzipFile(fileobj=raw) as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            manifest = _read_manifest(tar)
            found = dict(_unpack_files(tar, manifest, folder, progress))
            # gzip compares its own sum at the very end.
            while packed.read(CHUNK):
                pass
    except (
        tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile,
        ValueError, TypeError, KeyError,
    ) as error:  # fmt: skip
        raise BackupDamaged(
            _("%(file)s is damaged, cut short or no backup. Nothing was changed.")
            % {"file": source}
        ) from error
    if found != dict(manifest.files):
        raise BackupDamaged(
            _("%(file)s is not as it was written. Nothing was changed.")
            % {"file": source}
        )
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    opened = tar.extractfile(first) if first and first.name == MANIFEST else None
    if first is None or opened is None or first.size > _LONGEST_MANIFEST:
        raise ValueError("The manifest does not come first.")
    manifest = Manifest.from_json(opened.read())
    if manifest.format > FORMAT:
        raise BackupDamaged(
            _("The backup is of a later version of Sijill. Upgrade, then restore it.")
        )
    return manifest


def _unpack_files(
    tar: tarfile.TarFile, manifest: Manifest, folder: Path, progress: Progress
) -> list[tuple[str, FileEntry]]:
    found = []
    while member := tar.next():
        opened = tar.extractfile(member)
        path = PurePosixPath(member.name)
        is_ours = member.name in manifest.files and not path.is_absolute()
        if opened is None or not is_ours or ".." in path.parts:
            raise ValueError("A member is none of the manifest's.")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            while chunk := opened.read(CHUNK):
                written.write(chunk)
                progress(len(chunk))
        found.append((member.name, describe(target)))
    return found
