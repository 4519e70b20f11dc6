"""What the documents of a commit were made from: `iter_hashes`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from search.engines.whoosh.index.snapshot import Snapshot
from search.fields import ARTICLE_ID, DOCUMENT_HASH

# Pairs made Python's own at a time.
_STRETCH: Final = 10_000


def iter_hashes(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """The article and the hash of each living document, by ascending article."""
    ids = snapshot.numbers(ARTICLE_ID)
    hashes = snapshot.numbers(DOCUMENT_HASH)
    if snapshot.alive is not None:
        ids, hashes = ids[snapshot.alive], hashes[snapshot.alive]
    order = np.argsort(ids, kind="stable")
    for start in range(0, len(order), _STRETCH):
        at = order[start : start + _STRETCH]
        yield from zip(ids[at].tolist(), hashes[at].tolist(), strict=True)
