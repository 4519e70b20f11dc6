"""Progress bars of an import: over the file, and over the articles of the index."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from tqdm import tqdm

from archive.importing.readers import SourceFile
from archive.signals import writing_finished


@contextmanager
def showing_progress(
    source: SourceFile, *, is_quiet: bool
) -> Iterator[Callable[[], None]]:
    """A progress bar over the bytes of the file; yields the function to update it."""
    bar = tqdm(
        total=source.size,
        unit="B",
        unit_scale=True,
        disable=is_quiet or not sys.stderr.isatty(),
        file=sys.stderr,
        desc=source.path.name,
    )

    def update() -> None:
        bar.update(source.position() - bar.n)

    with bar:
        yield update


def make_searchable(*, is_quiet: bool) -> None:
    """Have the index made of what was imported, with a progress bar that says so."""
    bar = tqdm(
        disable=is_quiet or not sys.stderr.isatty(),
        file=sys.stderr,
        desc=_("Making it searchable"),
    )

    def update(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    with bar:
        writing_finished.send(sender=None, progress=update)
