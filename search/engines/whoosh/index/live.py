"""The live generation as a Whoosh index, for those who know Whoosh's own interface."""

from __future__ import annotations

from typing import Any, Self

from search.engines.whoosh.index.index_store import IndexStore


class LiveIndex:
    """Whoosh's ``FileIndex`` of whichever generation is live when it is asked.

    Reading it is Whoosh's own code on our segments. Writing goes through the
    engine: ``writer`` and what needs one are Whoosh's and do not know our segments.
    """

    def __init__(self, store: IndexStore) -> None:
        self._store = store

    def refresh(self) -> Self:
        """This index, which is always the newest."""
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store.live_index(), name)
