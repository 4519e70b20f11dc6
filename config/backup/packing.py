"""Packs files into a backup and unpacks them.

A backup is a gzipped tar whose first member is the manifest. It is read once, from
beginning to end, into an empty folder, and nothing of it is used before every byte has
been compared with the checksums in the manifest.
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
# Higher levels of gzip compress text little more and take far longer.
_COMPRESSION_LEVEL: Final = 4
# A backup has drafts, names and password hashes.
_PRIVATE: Final = 0o600
# Far more than the manifest of a large archive takes.
_MAX_MANIFEST_SIZE: Final = 256 * CHUNK

Progress = Callable[[int], object]


class BackupDamaged(Exception):
    """The file is not a backup, or a damaged one."""


def describe(path: Path) -> FileEntry:
    """The size and the checksum of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileEntry(size, digest.hexdigest())


def pack(target: Path, manifest: Manifest, folder: Path, progress: Progress) -> None:
    """Write the files of *manifest*, which are in *folder*, to *target* atomically.

    The target appears when it is complete and flushed to the disk. *progress* is called
    with numbers of bytes.
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
        gzip.GzipFile("", "wb", _COMPRESSION_LEVEL, raw) as packed,
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
    """Write the files of the backup to *folder*, and compare their checksums.

    Raises BackupDamaged, FileNotFoundError, and OSError where the disk is full.
    *progress* is called with numbers of bytes.
    """
    try:
        with (
            source.open("rb") as raw,
            gzip.GzipFile(fileobj=raw) as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            manifest = _read_manifest(tar)
            unpacked = dict(_unpack_files(tar, manifest, folder, progress))
            # gzip compares its own checksum at the end of the file.
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
    if unpacked != dict(manifest.files):
        raise BackupDamaged(
            _("%(file)s is not as it was written. Nothing was changed.")
            % {"file": source}
        )
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    opened = tar.extractfile(first) if first and first.name == MANIFEST else None
    if first is None or opened is None or first.size > _MAX_MANIFEST_SIZE:
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
    unpacked = []
    while member := tar.next():
        opened = tar.extractfile(member)
        path = PurePosixPath(member.name)
        is_listed = member.name in manifest.files and not path.is_absolute()
        if opened is None or not is_listed or ".." in path.parts:
            raise ValueError("A member is none of the manifest's.")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            while chunk := opened.read(CHUNK):
                written.write(chunk)
                progress(len(chunk))
        unpacked.append((member.name, describe(target)))
    return unpacked
