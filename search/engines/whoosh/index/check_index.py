"""Looks at a new generation before it is put in use: ``check_index``."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from search.engines.whoosh.index.generations import open_index, reading
from search.engines.whoosh.index.snapshot import Snapshot
from search.errors import IndexUnavailable
from search.fields import DOCUMENT_HASH


def check_index(folder: Path, *, documents: int, hashes: int) -> None:
    """Read every byte of a generation and count what is in it.

    *hashes* is the sum of the hashes of its documents. Raises IndexUnavailable where
    the disk has something else than what was written.
    """
    with reading(folder):
        snapshot = Snapshot(open_index(folder).reader())
    for data in snapshot.segments:
        for name in data.file.names():
            data.file.array(name)
    found = 0
    if DOCUMENT_HASH in snapshot.schema:
        found = sum(
            max(one, 0) for one in snapshot.numeric_doc_values(DOCUMENT_HASH).tolist()
        )
    if (snapshot.max_doc, found) != (documents, hashes):
        raise IndexUnavailable(
            _(
                "The new index is not what was written to it; the one in use stays."
                " Check the disk, then build it again with rebuild_index."
            ),
            fragment=str(folder),
        )
