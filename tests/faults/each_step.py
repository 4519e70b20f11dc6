"""Kills indexing at each of its file operations in turn.

``python -m tests.faults.each_step WORK STEP``, where WORK is ``drain`` or ``rebuild``.
For n = 1, 1 + STEP, 1 + 2 STEP, … a child begins it and is killed as it is about to do
its n-th operation on the index, until one gets to the end. After each the index is read
and the work done to its end, as after a restart. Prints at how many operations a child
was killed, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import django

from tests.faults.killing import (
    check_that_it_opens,
    fork,
    list_leftovers,
    reap,
    warm_up,
)

# What Python tells an audit hook of, where it changes files.
_CHANGES: Final = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir"})
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# More operations than any of the works has.
_MOST: Final = 500


class _Fuse:
    """Kills the process before its n-th operation on files under *folder*."""

    def __init__(self, folder: Path, operations: int) -> None:
        self.folder = str(folder)
        self.left = operations
        self.fsync = os.fsync

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        opens = event == "open" and bool(int(str(arguments[2] or 0)) & _WRITING)
        if (opens or event in _CHANGES) and self._is_ours(arguments[0]):
            self.burn()

    def _is_ours(self, path: object) -> bool:
        # rmtree names files beside an open folder.
        named = os.fspath(path) if isinstance(path, (str, Path)) else ""
        return named.startswith(self.folder) or not named.startswith("/")

    def sync(self, file: int) -> None:
        self.burn()
        self.fsync(file)

    def light(self) -> None:
        sys.addaudithook(self.hear)
        os.fsync = self.sync


def _queue() -> None:
    from archive.models import Article
    from search.models import OutboxEntry

    ids = Article.objects.order_by("pk").values_list("pk", flat=True)[:7]
    gone = 1_000_000
    OutboxEntry.objects.bulk_create(OutboxEntry(article_id=pk) for pk in (*ids, gone))


def _drain() -> None:
    from search.indexing.indexer import drain

    drain()


def _rebuild() -> None:
    from search.indexing.rebuild import rebuild

    rebuild()
    _drain()


WORKS: Final[dict[str, Callable[[], None]]] = {"drain": _drain, "rebuild": _rebuild}


def main(name: str, step: str) -> None:
    """Kill the work at every *step*-th of its operations."""
    django.setup()
    from django.conf import settings

    warm_up()
    index = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
    work = WORKS[name]
    kills = left = 0

    def begin(operations: int) -> None:
        _queue()
        _Fuse(index, operations).light()
        work()

    for operations in range(1, _MOST, int(step)):
        ended = reap(fork(partial(begin, operations)))
        if not ended:
            break
        assert ended == -signal.SIGKILL, f"operation {operations}: {ended}"
        kills += 1
        left += reap(fork(lambda: _check_nothing_is_left(index))) != 0
        assert not reap(fork(check_that_it_opens)), f"broken by operation {operations}"
        assert not reap(fork(work)), f"no restart after operation {operations}"
        assert not reap(fork(lambda: _check_nothing_is_left(index))), operations
    sys.stdout.write(json.dumps({"kills": kills, "leaving_files": left}))


def _check_nothing_is_left(index: Path) -> None:
    kept = {path.name for path in index.glob("generation-*")}
    assert len(kept) <= 2, kept
    # The one before the live one is kept on purpose.
    others = kept - {(index / "live").read_text()}
    assert not list_leftovers(index) - others, list_leftovers(index)


if __name__ == "__main__":
    main(*sys.argv[1:])
