"""Verification of a new generation before it becomes the live one."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from search.engines.whoosh.index.generations import as_index_unavailable, open_index
from search.engines.whoosh.index.snapshot import Snapshot
from search.errors import IndexUnavailable
from search.fields import DOCUMENT_HASH


def check_index(folder: Path, *, documents: int, hashes: int) -> None:
    """Read all data of the generation in *folder*, and count its documents.

    *hashes* is the sum of their document hashes. Raises IndexUnavailable if a block is
    damaged, or the documents or the hashes are not those expected.
    """
    with as_index_unavailable(folder):
        snapshot = Snapshot(open_index(folder).reader())
    for segment in snapshot.segments:
        for name in segment.file.names():
            segment.file.array(name)
    total = 0
    if DOCUMENT_HASH in snapshot.schema:
        # Python integers do not overflow. A document without hash has a negative one.
        values = snapshot.numeric_doc_values(DOCUMENT_HASH).tolist()
        total = sum(max(value, 0) for value in values)
    if (snapshot.max_doc, total) != (documents, hashes):
        raise IndexUnavailable(
            _(
                "The new index is not what was written to it; the one in use stays."
                " Check the disk, then build it again with rebuild_index."
            ),
            fragment=str(folder),
        )
