"""The files that this process has open, those without a name too."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def open_files() -> Iterator[Path]:
    """The paths of all open files."""
    for descriptor in Path("/proc/self/fd").iterdir():
        # The descriptor of this listing is closed by then.
        with suppress(FileNotFoundError):
            yield descriptor.readlink()
