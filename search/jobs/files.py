"""The files of jobs: where they are, for how long, and of which articles."""

import datetime as dt
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from archive.models import Article
from search.models import Job, JobState

FOLDER: Final = "prepared"
KEPT: Final = dt.timedelta(days=3)
# Bytes of all files together; more wait until some have expired.
MOST_KEPT: Final = 5_000_000_000
_NUMBER: Final = struct.Struct(">q")
_BATCH: Final = 500


def file_path(job: Job) -> Path:
    """Where the file of *job* is, or will be."""
    return folder() / job.file_name


def folder() -> Path:
    """The folder of all files, closed to other accounts of the machine."""
    path = Path(settings.DATA_DIR) / FOLDER
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def kept_bytes() -> int:
    """The bytes of all finished files."""
    finished = Job.objects.filter(state=JobState.FINISHED)
    return finished.aggregate(bytes=Sum("size"))["bytes"] or 0


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """The numbers, compressed.

    >>> unpack_numbers(pack_numbers([7, 3]))
    [7, 3]
    """
    return zlib.compress(b"".join(map(_NUMBER.pack, numbers)))


def unpack_numbers(packed: bytes) -> list[int]:
    """The inverse of `pack_numbers`; ``[]`` for no bytes."""
    data = zlib.decompress(packed) if packed else b""
    return [number for (number,) in _NUMBER.iter_unpack(data)]


def has_withdrawn(job: Job) -> bool:
    """Whether an article in the file is not public any more."""
    numbers = sorted(set(unpack_numbers(bytes(job.articles))))
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        if Article.objects.published_among(batch).count() < len(batch):
            return True
    return False


def remove_file(job: Job) -> None:
    """Delete the file of *job* from the disk, if there is one."""
    if job.file_name:
        file_path(job).unlink(missing_ok=True)


def remove_expired() -> int:
    """Delete jobs whose time is over, and files without a job; how many jobs."""
    ended = Job.objects.filter(expires_at__lt=timezone.now())
    count = ended.delete()[0]
    known = set(Job.objects.exclude(file_name="").values_list("file_name", flat=True))
    for path in folder().iterdir():
        if path.name not in known:
            path.unlink(missing_ok=True)
    return count
